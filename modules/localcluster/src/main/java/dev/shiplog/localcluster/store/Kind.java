package dev.shiplog.localcluster.store;

/**
 * A kind of object that a cluster keeps.
 *
 * @param group empty for the core group
 * @param version the one in which it is kept, or another that is served too
 * @param plural the resource, as in paths: {@code deployments}
 * @param name as in the field {@code kind}: {@code Deployment}
 * @param generational whether metadata.generation counts the changes of what is wanted
 */
public record Kind(String group, String version, String plural, String name, boolean namespaced, boolean generational) {

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As messages name it: {@code deployments.apps}, {@code pods}. */
    public String qualifiedPlural() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    public ObjectKey key(String namespace, String objectName) {
        return new ObjectKey(this, namespaced ? namespace : "", objectName);
    }

    @Override
    public String toString() {
        return qualifiedPlural();
    }
}
