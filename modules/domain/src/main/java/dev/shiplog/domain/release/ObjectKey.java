package dev.shiplog.domain.release;

/** Which object of a cluster is meant. */
public record ObjectKey(String apiVersion, String kind, String namespace, String name) {

    /** Whether it is the same object of a cluster, maybe in another version of its kind: a cluster serves it in several. */
    public boolean isSameObject(ObjectKey other) {
        return kind.equals(other.kind)
                && name.equals(other.name)
                && namespace.equals(other.namespace)
                && group().equals(other.group());
    }

    /** Empty for the core. */
    private String group() {
        return apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
