package dev.shiplog.domain.release;

import dev.shiplog.domain.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where objects name a ConfigMap or a Secret: in pods and whatever makes pods, volumes, projected sources, {@code env} and
 * {@code envFrom} of every container, and {@code imagePullSecrets}; in an Ingress, its certificates; in a ServiceAccount,
 * its secrets.
 */
final class ConfigReferences {

    /** A ConfigMap or Secret by its name in the release file. */
    record Reference(String kind, String name) {}

    private static final Set<String> REFERRING = Set.of(
            "Pod",
            "Deployment",
            "ReplicaSet",
            "ReplicationController",
            "StatefulSet",
            "DaemonSet",
            "Job",
            "CronJob",
            "Ingress",
            "ServiceAccount");

    private ConfigReferences() {}

    static KubernetesObject renamed(KubernetesObject object, Map<Reference, String> names) {
        return names.isEmpty() || !REFERRING.contains(object.kind())
                ? object
                : object.withJson((Json.Obj) renamed("", object.json(), names));
    }

    private static Json renamed(String place, Json value, Map<Reference, String> names) {
        return switch (value) {
            case Json.Obj object -> {
                var members = new LinkedHashMap<String, Json>();
                object.members().forEach((name, member) -> members.put(name, renamed(name, member, names)));
                yield switch (place) {
                    case "configMap", "configMapRef", "configMapKeyRef" ->
                        member(new Json.Obj(members), "name", "ConfigMap", names);
                    case "secret" ->
                        member(member(new Json.Obj(members), "secretName", "Secret", names), "name", "Secret", names);
                    case "azureFile", "tls" -> member(new Json.Obj(members), "secretName", "Secret", names);
                    case "secretRef", "secretKeyRef", "imagePullSecrets", "nodePublishSecretRef", "secrets" ->
                        member(new Json.Obj(members), "name", "Secret", names);
                    default -> new Json.Obj(members);
                };
            }
            case Json.Arr list ->
                Json.array(list.items().stream()
                        .map(item -> renamed(place, item, names))
                        .toList());
            case Json.Str text -> text;
            case Json.Num number -> number;
            case Json.Bool bool -> bool;
            case Json.Null none -> none;
        };
    }

    private static Json.Obj member(Json.Obj object, String member, String kind, Map<Reference, String> names) {
        return object.text(member)
                .map(name -> names.get(new Reference(kind, name)))
                .map(name -> object.with(member, Json.text(name)))
                .orElse(object);
    }
}
