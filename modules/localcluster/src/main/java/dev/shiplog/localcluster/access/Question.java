package dev.shiplog.localcluster.access;

/**
 * May somebody do this?
 *
 * @param resource with its subresource: {@code deployments/scale}; empty for a path that is no resource
 * @param namespace empty: at the cluster scope
 * @param name empty: no particular one
 * @param path only if there is no resource
 */
public record Question(String verb, String group, String resource, String namespace, String name, String path) {

    public static Question ofPath(String verb, String path) {
        return new Question(verb, "", "", "", "", path);
    }

    boolean isOfPath() {
        return resource.isEmpty();
    }

    /** As a refusal goes on after the user's name. */
    String refusal() {
        if (isOfPath()) {
            return "cannot " + verb + " path \"" + path + "\"";
        }
        return "cannot " + verb + " resource \"" + resource + "\" in API group \"" + group + "\" "
                + (namespace.isEmpty() ? "at the cluster scope" : "in the namespace \"" + namespace + "\"");
    }
}
