package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.access.Question;
import dev.shiplog.localcluster.conversion.Conversion;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a path leads to.
 *
 * @param kind as it is kept
 * @param served the same kind in the version that the path names
 * @param namespace empty: all of them, or a kind without
 * @param name empty: the collection
 * @param subresource empty: the object itself
 */
record Target(Kind kind, Kind served, String namespace, String name, String subresource) {

    static Optional<Target> parse(String path) {
        List<String> parts =
                Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
        if (parts.size() >= 3 && parts.get(0).equals("api")) {
            return parse("", parts.get(1), parts.subList(2, parts.size()));
        }
        if (parts.size() >= 4 && parts.get(0).equals("apis")) {
            return parse(parts.get(1), parts.get(2), parts.subList(3, parts.size()));
        }
        return Optional.empty();
    }

    private static Optional<Target> parse(String group, String version, List<String> rest) {
        boolean inNamespace = rest.size() >= 3
                && rest.get(0).equals("namespaces")
                && !(rest.size() == 3
                        && group.isEmpty()
                        && List.of("status", "finalize").contains(rest.get(2)));
        String namespace = inNamespace ? rest.get(1) : "";
        List<String> tail = inNamespace ? rest.subList(2, rest.size()) : rest;
        if (tail.size() > 3) {
            return Optional.empty();
        }
        return Kinds.byPath(group, version, tail.get(0))
                .filter(kind -> kind.namespaced() ? inNamespace || tail.size() == 1 : !inNamespace)
                .map(kind -> new Target(
                        Kinds.stored(kind),
                        kind,
                        namespace,
                        tail.size() > 1 ? tail.get(1) : "",
                        tail.size() > 2 ? tail.get(2) : ""));
    }

    /** A namespace is asked about as if it lay in itself. */
    Question question(String verb) {
        String scope = kind.equals(Kinds.NAMESPACE) ? name : namespace;
        String resource = subresource.isEmpty() ? kind.plural() : kind.plural() + "/" + subresource;
        return new Question(verb, kind.group(), resource, scope, name, "");
    }

    /** As it is kept, of what was sent in the served version. */
    ObjectNode stored(ObjectNode sent) {
        return Conversion.stored(served, sent);
    }

    /** As the caller wants to see it. */
    ObjectNode shown(ObjectNode stored) {
        return Conversion.shown(served, stored);
    }

    ObjectKey key() {
        return kind.key(namespace, name);
    }
}
