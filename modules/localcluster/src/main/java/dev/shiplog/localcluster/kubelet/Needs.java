package dev.shiplog.localcluster.kubelet;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ConfigMaps and Secrets without which a pod cannot start: those of its volumes, before anything is created, and those of
 * a container's environment. What is marked as optional is not needed, nor what Kubernetes itself puts into each namespace.
 */
record Needs(Store store, String namespace) {
    private static final String ROOT_CERTIFICATE = "kube-root-ca.crt";

    static Needs of(Store store, ObjectNode pod) {
        return new Needs(store, Json.text(pod, "metadata", "namespace"));
    }

    /** Why the volumes cannot be mounted, as in an Event; empty if they can. */
    Optional<String> unmounted(ObjectNode pod) {
        return Json.at(pod, "spec", "volumes")
                .valueStream()
                .flatMap(volume -> Stream.concat(
                                Stream.of(volume),
                                Json.at(volume, "projected", "sources").valueStream())
                        .flatMap(source -> Stream.concat(
                                lack(Kinds.CONFIG_MAP, source.path("configMap"), "name"),
                                lack(
                                        Kinds.SECRET,
                                        source.path("secret"),
                                        source.path("secret").has("secretName") ? "secretName" : "name")))
                        .map(lack ->
                                "MountVolume.SetUp failed for volume \"" + Json.text(volume, "name") + "\" : " + lack))
                .findFirst();
    }

    /** Why the container cannot be created; empty if it can. */
    Optional<String> uncreated(JsonNode container) {
        Stream<String> whole = container
                .path("envFrom")
                .valueStream()
                .flatMap(from -> Stream.concat(
                        lack(Kinds.CONFIG_MAP, from.path("configMapRef"), "name"),
                        lack(Kinds.SECRET, from.path("secretRef"), "name")));
        Stream<String> single = container
                .path("env")
                .valueStream()
                .map(variable -> variable.path("valueFrom"))
                .flatMap(from -> Stream.concat(
                        lack(Kinds.CONFIG_MAP, from.path("configMapKeyRef"), "name"),
                        lack(Kinds.SECRET, from.path("secretKeyRef"), "name")));
        return Stream.concat(whole, single).findFirst();
    }

    private Stream<String> lack(Kind kind, JsonNode reference, String nameField) {
        String name = Json.text(reference, nameField);
        if (name.isEmpty() || name.equals(ROOT_CERTIFICATE) || Json.flag(reference, "optional")) {
            return Stream.empty();
        }
        ObjectKey key = kind.key(namespace, name);
        ObjectNode found = store.get(key);
        if (found == null) {
            String singular = kind.equals(Kinds.SECRET) ? "secret" : "configmap";
            return Stream.of(singular + " \"" + name + "\" not found");
        }
        String entry = Json.text(reference, "key");
        boolean there = entry.isEmpty()
                || found.path("data").has(entry)
                || found.path("binaryData").has(entry);
        return there
                ? Stream.empty()
                : Stream.of("couldn't find key " + entry + " in " + kind.name() + " " + namespace + "/" + name);
    }
}
