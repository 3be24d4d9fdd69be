package dev.shiplog.domain;

import java.util.regex.Pattern;

/** The name of an application, written {@code namespace/name}: both are DNS labels, as in Kubernetes. */
public record ApplicationName(String namespace, String name) implements Comparable<ApplicationName> {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    public ApplicationName {
        if (!LABEL.matcher(namespace).matches() || !LABEL.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + namespace + "/" + name
                    + "\" is no application name: NAMESPACE/NAME, each up to 63 lower-case letters, digits or \"-\"");
        }
    }

    /**
     * Reads {@code namespace/name}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static ApplicationName parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new ApplicationName("", text)
                : new ApplicationName(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(ApplicationName other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
