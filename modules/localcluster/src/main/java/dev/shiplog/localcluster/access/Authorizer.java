package dev.shiplog.localcluster.access;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers from the Roles and bindings in the store, as RBAC does. */
public final class Authorizer {
    private static final Set<String> OPEN_PATHS =
            Set.of("/version", "/version/", "/healthz", "/livez", "/readyz", "/api", "/apis", "/openapi/v3");

    private final Store store;

    public Authorizer(Store store) {
        this.store = store;
    }

    /** @throws StatusException Forbidden */
    public void require(Caller caller, Question question) {
        if (allows(caller, question).isPresent()) {
            return;
        }
        String why = "User \"" + caller.name() + "\" " + question.refusal();
        if (question.isOfPath()) {
            throw StatusException.of(403, "Forbidden", "forbidden: " + why, Json.object());
        }
        String plural = question.resource().split("/")[0];
        String qualified = question.group().isEmpty() ? plural : plural + "." + question.group();
        throw StatusException.of(
                403,
                "Forbidden",
                qualified + (question.name().isEmpty() ? "" : " \"" + question.name() + "\"") + " is forbidden: " + why,
                StatusException.details(question.name(), question.group(), plural));
    }

    /** The reason why it is allowed, if it is. */
    public Optional<String> allows(Caller caller, Question question) {
        if (caller.isAdmin()) {
            return Optional.of("");
        }
        if (question.isOfPath()) {
            boolean open =
                    OPEN_PATHS.contains(question.path()) || question.path().startsWith("/api");
            return open && question.verb().equals("get")
                    ? Optional.of("RBAC: allowed by ClusterRoleBinding \"system:discovery\" of ClusterRole"
                            + " \"system:discovery\" to Group \"system:authenticated\"")
                    : search(store.list(Kinds.CLUSTER_ROLE_BINDING), "", caller, question);
        }
        Optional<String> everywhere = search(store.list(Kinds.CLUSTER_ROLE_BINDING), "", caller, question);
        return everywhere.isPresent() || question.namespace().isEmpty()
                ? everywhere
                : search(store.list(Kinds.ROLE_BINDING, question.namespace()), question.namespace(), caller, question);
    }

    private Optional<String> search(
            Collection<ObjectNode> bindings, String namespace, Caller caller, Question question) {
        for (ObjectNode binding : bindings) {
            for (JsonNode subject : binding.path("subjects")) {
                if (means(subject, caller) && grants(role(binding, namespace), question)) {
                    String at = namespace.isEmpty() ? "" : "/" + namespace;
                    return Optional.of("RBAC: allowed by " + Json.text(binding, "kind") + " \""
                            + Json.text(binding, "metadata", "name") + at + "\" of "
                            + Json.text(binding, "roleRef", "kind") + " \"" + Json.text(binding, "roleRef", "name")
                            + "\" to " + Json.text(subject, "kind") + " \"" + Json.text(subject, "name")
                            + (subject.has("namespace") ? "/" + Json.text(subject, "namespace") : "") + "\"");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean means(JsonNode subject, Caller caller) {
        String name = Json.text(subject, "name");
        return switch (Json.text(subject, "kind")) {
            case "User" -> caller.name().equals(name);
            case "Group" -> caller.groups().contains(name);
            case "ServiceAccount" ->
                caller.name().equals("system:serviceaccount:" + Json.text(subject, "namespace") + ":" + name);
            default -> false;
        };
    }

    private JsonNode role(ObjectNode binding, String namespace) {
        String name = Json.text(binding, "roleRef", "name");
        ObjectNode role = Json.text(binding, "roleRef", "kind").equals("Role")
                ? store.get(Kinds.ROLE.key(namespace, name))
                : store.get(Kinds.CLUSTER_ROLE.key("", name));
        return role == null ? Json.object() : role;
    }

    private static boolean grants(JsonNode role, Question question) {
        for (JsonNode rule : role.path("rules")) {
            if (!has(rule.path("verbs"), question.verb())) {
                continue;
            }
            if (question.isOfPath()
                    ? covers(rule.path("nonResourceURLs"), question.path())
                    : has(rule.path("apiGroups"), question.group())
                            && has(rule.path("resources"), question.resource())
                            && (rule.path("resourceNames").isEmpty()
                                    || has(rule.path("resourceNames"), question.name()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(JsonNode urls, String path) {
        return urls.valueStream()
                .map(url -> url.asString(""))
                .anyMatch(url ->
                        url.endsWith("*") ? path.startsWith(url.substring(0, url.length() - 1)) : url.equals(path));
    }

    /** All rules that hold for somebody in a namespace, of resources and of paths. */
    public List<JsonNode> rules(Caller caller, String namespace) {
        List<JsonNode> rules = new ArrayList<>();
        if (caller.isAuthenticated()) {
            rules.add(Json.parse("""
                    {"verbs":["create"],"apiGroups":["authorization.k8s.io"],
                     "resources":["selfsubjectaccessreviews","selfsubjectrulesreviews"]}
                    """));
            rules.add(Json.parse("""
                    {"verbs":["create"],"apiGroups":["authentication.k8s.io"],"resources":["selfsubjectreviews"]}
                    """));
        }
        rules.add(Json.parse("""
                {"verbs":["get"],"nonResourceURLs":["/api","/api/*","/apis","/apis/*","/healthz","/livez",
                 "/openapi","/openapi/*","/readyz","/version","/version/"]}
                """));
        if (caller.isAdmin()) {
            rules.add(Json.parse("{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*\"]}"));
            rules.add(Json.parse("{\"verbs\":[\"*\"],\"nonResourceURLs\":[\"*\"]}"));
        }
        store.list(Kinds.CLUSTER_ROLE_BINDING).forEach(binding -> granted(rules, binding, "", caller));
        store.list(Kinds.ROLE_BINDING, namespace).forEach(binding -> granted(rules, binding, namespace, caller));
        return rules;
    }

    private void granted(List<JsonNode> rules, ObjectNode binding, String namespace, Caller caller) {
        if (binding.path("subjects").valueStream().anyMatch(subject -> means(subject, caller))) {
            role(binding, namespace).path("rules").forEach(rules::add);
        }
    }

    private static boolean has(JsonNode list, String wanted) {
        for (JsonNode item : list) {
            if (item.asString("").equals("*") || item.asString("").equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
