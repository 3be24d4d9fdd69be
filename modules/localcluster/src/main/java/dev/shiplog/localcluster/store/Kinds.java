package dev.shiplog.localcluster.store;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every kind that a local cluster keeps. */
public final class Kinds {
    public static final Kind NAMESPACE = cluster("", "v1", "namespaces", "Namespace");
    public static final Kind NODE = cluster("", "v1", "nodes", "Node");
    public static final Kind CONFIG_MAP = plain("", "v1", "configmaps", "ConfigMap");
    public static final Kind SECRET = plain("", "v1", "secrets", "Secret");
    public static final Kind SERVICE = plain("", "v1", "services", "Service");
    public static final Kind ENDPOINTS = plain("", "v1", "endpoints", "Endpoints");
    public static final Kind POD = generational("", "v1", "pods", "Pod");
    public static final Kind EVENT = plain("", "v1", "events", "Event");
    public static final Kind SERVICE_ACCOUNT = plain("", "v1", "serviceaccounts", "ServiceAccount");
    public static final Kind RESOURCE_QUOTA = plain("", "v1", "resourcequotas", "ResourceQuota");
    public static final Kind DEPLOYMENT = generational("apps", "v1", "deployments", "Deployment");
    public static final Kind REPLICA_SET = generational("apps", "v1", "replicasets", "ReplicaSet");
    public static final Kind STATEFUL_SET = generational("apps", "v1", "statefulsets", "StatefulSet");
    public static final Kind DAEMON_SET = generational("apps", "v1", "daemonsets", "DaemonSet");
    public static final Kind CONTROLLER_REVISION = plain("apps", "v1", "controllerrevisions", "ControllerRevision");
    public static final Kind ENDPOINT_SLICE = generational("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice");
    public static final Kind POD_DISRUPTION_BUDGET =
            generational("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget");
    public static final Kind HORIZONTAL_POD_AUTOSCALER =
            plain("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler");
    public static final Kind HORIZONTAL_POD_AUTOSCALER_V1 =
            plain("autoscaling", "v1", "horizontalpodautoscalers", "HorizontalPodAutoscaler");
    public static final Kind LEASE = plain("coordination.k8s.io", "v1", "leases", "Lease");
    public static final Kind ROLE = plain("rbac.authorization.k8s.io", "v1", "roles", "Role");
    public static final Kind ROLE_BINDING = plain("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding");
    public static final Kind CLUSTER_ROLE = cluster("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole");
    public static final Kind CLUSTER_ROLE_BINDING =
            cluster("rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding");
    public static final Kind HTTP_ROUTE = generational("gateway.networking.k8s.io", "v1", "httproutes", "HTTPRoute");

    public static final List<Kind> ALL = List.of(
            NAMESPACE,
            NODE,
            CONFIG_MAP,
            SECRET,
            SERVICE,
            ENDPOINTS,
            POD,
            EVENT,
            SERVICE_ACCOUNT,
            RESOURCE_QUOTA,
            DEPLOYMENT,
            REPLICA_SET,
            STATEFUL_SET,
            DAEMON_SET,
            CONTROLLER_REVISION,
            ENDPOINT_SLICE,
            POD_DISRUPTION_BUDGET,
            HORIZONTAL_POD_AUTOSCALER,
            LEASE,
            ROLE,
            ROLE_BINDING,
            CLUSTER_ROLE,
            CLUSTER_ROLE_BINDING,
            HTTP_ROUTE);

    /** Those that are no part of Kubernetes, and are served where somebody has installed them. */
    public static final List<Kind> OF_GATEWAY_API = List.of(HTTP_ROUTE);

    /** Other versions of kinds that are kept. */
    private static final List<Kind> OTHER_VERSIONS = List.of(HORIZONTAL_POD_AUTOSCALER_V1);

    private Kinds() {}

    /** The kinds, and the other versions of them; of each group the preferred version first. */
    public static List<Kind> served(List<Kind> kept) {
        return Stream.concat(kept.stream(), OTHER_VERSIONS.stream().filter(kind -> kept.contains(stored(kind))))
                .toList();
    }

    /** As which a kind is kept, whatever version of it is asked for. */
    public static Kind stored(Kind served) {
        return OTHER_VERSIONS.contains(served)
                ? byPlural(served.group(), served.plural()).orElse(served)
                : served;
    }

    public static Optional<Kind> byPlural(String group, String plural) {
        return ALL.stream()
                .filter(kind -> kind.group().equals(group) && kind.plural().equals(plural))
                .findFirst();
    }

    /** The kind in the version that a path names. */
    public static Optional<Kind> byPath(String group, String version, String plural) {
        return Stream.concat(ALL.stream(), OTHER_VERSIONS.stream())
                .filter(kind -> kind.group().equals(group)
                        && kind.version().equals(version)
                        && kind.plural().equals(plural))
                .findFirst();
    }

    public static Optional<Kind> byName(String apiVersion, String name) {
        return ALL.stream()
                .filter(kind ->
                        kind.apiVersion().equals(apiVersion) && kind.name().equals(name))
                .findFirst();
    }

    private static Kind plain(String group, String version, String plural, String name) {
        return new Kind(group, version, plural, name, true, false);
    }

    private static Kind generational(String group, String version, String plural, String name) {
        return new Kind(group, version, plural, name, true, true);
    }

    private static Kind cluster(String group, String version, String plural, String name) {
        return new Kind(group, version, plural, name, false, false);
    }
}
