package dev.shiplog.localcluster.access;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.WorkQueue;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ClusterRoles for people that every cluster has, as far as the kinds go that are served here, and has again should they be lost:
 * view, edit, which includes it, admin, which includes that, and cluster-admin.
 */
public final class DefaultRoles implements Controller {
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final List<String> READ = List.of("get", "list", "watch");
    private static final List<String> WRITE = List.of("create", "delete", "deletecollection", "patch", "update");
    private static final List<String> ALL = List.of("*");

    private static final List<ObjectNode> VIEW = List.of(
            rule("", READ, "configmaps", "endpoints", "events", "namespaces", "pods", "pods/log", "pods/status"),
            rule("", READ, "resourcequotas", "resourcequotas/status", "serviceaccounts", "services", "services/status"),
            rule("apps", READ, "controllerrevisions", "daemonsets", "daemonsets/status"),
            rule("apps", READ, "deployments", "deployments/scale", "deployments/status"),
            rule("apps", READ, "replicasets", "replicasets/scale", "replicasets/status"),
            rule("apps", READ, "statefulsets", "statefulsets/scale", "statefulsets/status"),
            rule("autoscaling", READ, "horizontalpodautoscalers", "horizontalpodautoscalers/status"),
            rule("discovery.k8s.io", READ, "endpointslices"),
            rule("policy", READ, "poddisruptionbudgets", "poddisruptionbudgets/status"));
    private static final List<ObjectNode> EDIT = and(
            VIEW,
            rule("", READ, "secrets", "pods/exec", "pods/attach", "pods/portforward"),
            rule("", WRITE, "configmaps", "events", "pods", "secrets", "serviceaccounts", "services"),
            rule("", WRITE, "pods/exec", "pods/attach", "pods/portforward"),
            rule("", List.of("create"), "pods/eviction"),
            rule("", List.of("impersonate"), "serviceaccounts"),
            rule("apps", WRITE, "daemonsets", "deployments", "deployments/scale", "replicasets", "replicasets/scale"),
            rule("apps", WRITE, "statefulsets", "statefulsets/scale"),
            rule("autoscaling", WRITE, "horizontalpodautoscalers"),
            rule("coordination.k8s.io", both(READ, WRITE), "leases"),
            rule("policy", WRITE, "poddisruptionbudgets"));
    private static final List<ObjectNode> ADMIN = and(EDIT, rule(RBAC, both(READ, WRITE), "roles", "rolebindings"));
    private static final List<ObjectNode> EVERYTHING = List.of(rule("*", ALL, "*"), everyPath());

    private final Map<ObjectKey, ObjectNode> wanted = new LinkedHashMap<>();

    public DefaultRoles() {
        role("cluster-admin", EVERYTHING);
        role("admin", ADMIN);
        role("edit", EDIT);
        role("view", VIEW);
        ObjectNode binding = object(Kinds.CLUSTER_ROLE_BINDING, "cluster-admin");
        binding.putArray("subjects")
                .addObject()
                .put("kind", "Group")
                .put("apiGroup", RBAC)
                .put("name", Caller.MASTERS);
        binding.putObject("roleRef")
                .put("apiGroup", RBAC)
                .put("kind", "ClusterRole")
                .put("name", "cluster-admin");
        wanted.put(Kinds.CLUSTER_ROLE_BINDING.key("", "cluster-admin"), binding);
    }

    @Override
    public void attach(Store store, Timers timers) {
        WorkQueue<ObjectKey> queue = new WorkQueue<>(timers, key -> ensure(store, key));
        wanted.keySet().forEach(key -> ensure(store, key));
        for (Kind kind : List.of(Kinds.CLUSTER_ROLE, Kinds.CLUSTER_ROLE_BINDING)) {
            store.subscribe(kind, change -> {
                if (change.type() == Change.Type.DELETED && wanted.containsKey(change.key())) {
                    queue.add(change.key());
                }
            });
        }
    }

    private void ensure(Store store, ObjectKey key) {
        ObjectNode object = wanted.get(key);
        if (object != null && store.get(key) == null) {
            store.create(key.kind(), object.deepCopy(), false);
        }
    }

    private void role(String name, List<ObjectNode> rules) {
        ObjectNode role = object(Kinds.CLUSTER_ROLE, name);
        ArrayNode list = role.putArray("rules");
        rules.forEach(list::add);
        wanted.put(Kinds.CLUSTER_ROLE.key("", name), role);
    }

    private static ObjectNode object(Kind kind, String name) {
        ObjectNode object = Json.object().put("kind", kind.name()).put("apiVersion", kind.apiVersion());
        ObjectNode meta = object.putObject("metadata").put("name", name);
        meta.putObject("annotations").put("rbac.authorization.kubernetes.io/autoupdate", "true");
        meta.putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
        return object;
    }

    private static ObjectNode rule(String group, List<String> verbs, String... resources) {
        ObjectNode rule = Json.object();
        verbs.forEach(rule.putArray("verbs")::add);
        rule.putArray("apiGroups").add(group);
        List.of(resources).forEach(rule.putArray("resources")::add);
        return rule;
    }

    private static ObjectNode everyPath() {
        ObjectNode rule = Json.object();
        rule.putArray("verbs").add("*");
        rule.putArray("nonResourceURLs").add("*");
        return rule;
    }

    private static List<String> both(List<String> some, List<String> others) {
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static List<ObjectNode> and(List<ObjectNode> some, ObjectNode... more) {
        List<ObjectNode> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }
}
