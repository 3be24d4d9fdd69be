package dev.shiplog.localcluster.defaults;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The defaults of each kind that follow from the object alone. */
public final class Defaults {
    private Defaults() {}

    /** Fills in the object itself, which must not be shared. */
    public static void fill(Kind kind, ObjectNode object) {
        if (kind.equals(Kinds.DEPLOYMENT)) {
            deployment(Fill.object(object, "spec"));
        } else if (kind.equals(Kinds.REPLICA_SET)) {
            ObjectNode spec = Fill.object(object, "spec");
            Fill.number(spec, "replicas", 1);
            template(spec);
        } else if (kind.equals(Kinds.STATEFUL_SET)) {
            statefulSet(Fill.object(object, "spec"));
        } else if (kind.equals(Kinds.DAEMON_SET)) {
            daemonSet(Fill.object(object, "spec"));
        } else if (kind.equals(Kinds.SERVICE)) {
            service(Fill.object(object, "spec"));
        } else if (kind.equals(Kinds.SECRET)) {
            secret(object);
        } else if (kind.equals(Kinds.NAMESPACE)) {
            namespace(object);
        } else if (kind.equals(Kinds.HORIZONTAL_POD_AUTOSCALER)) {
            autoscaler(Fill.object(object, "spec"));
        } else if (kind.equals(Kinds.ENDPOINT_SLICE)) {
            Fill.each(object.path("ports"), port -> Fill.text(port, "protocol", "TCP"));
        } else if (kind.equals(Kinds.POD)) {
            PodDefaults.ofTemplate(Fill.object(object, "spec"));
        } else if (kind.equals(Kinds.HTTP_ROUTE)) {
            httpRoute(Fill.object(object, "spec"));
        }
    }

    /** A pod as it is admitted; the pod itself is not changed. */
    public static ObjectNode pod(ObjectNode pod) {
        ObjectNode filled = pod.deepCopy();
        PodDefaults.ofPod(filled);
        return filled;
    }

    private static void template(ObjectNode spec) {
        ObjectNode template = Fill.object(spec, "template");
        Fill.object(template, "metadata");
        PodDefaults.ofTemplate(Fill.object(template, "spec"));
    }

    private static void deployment(ObjectNode spec) {
        Fill.number(spec, "replicas", 1);
        ObjectNode strategy = Fill.object(spec, "strategy");
        Fill.text(strategy, "type", "RollingUpdate");
        if (Json.text(strategy, "type").equals("RollingUpdate")) {
            ObjectNode rolling = Fill.object(strategy, "rollingUpdate");
            Fill.text(rolling, "maxUnavailable", "25%");
            Fill.text(rolling, "maxSurge", "25%");
        }
        Fill.number(spec, "revisionHistoryLimit", 10);
        Fill.number(spec, "progressDeadlineSeconds", 600);
        template(spec);
    }

    private static void statefulSet(ObjectNode spec) {
        Fill.number(spec, "replicas", 1);
        Fill.text(spec, "podManagementPolicy", "OrderedReady");
        ObjectNode strategy = Fill.object(spec, "updateStrategy");
        Fill.text(strategy, "type", "RollingUpdate");
        if (Json.text(strategy, "type").equals("RollingUpdate")) {
            Fill.number(Fill.object(strategy, "rollingUpdate"), "partition", 0);
        }
        Fill.number(spec, "revisionHistoryLimit", 10);
        ObjectNode claims = Fill.object(spec, "persistentVolumeClaimRetentionPolicy");
        Fill.text(claims, "whenDeleted", "Retain");
        Fill.text(claims, "whenScaled", "Retain");
        template(spec);
    }

    private static void daemonSet(ObjectNode spec) {
        ObjectNode strategy = Fill.object(spec, "updateStrategy");
        Fill.text(strategy, "type", "RollingUpdate");
        if (Json.text(strategy, "type").equals("RollingUpdate")) {
            ObjectNode rolling = Fill.object(strategy, "rollingUpdate");
            Fill.number(rolling, "maxUnavailable", 1);
            Fill.number(rolling, "maxSurge", 0);
        }
        Fill.number(spec, "revisionHistoryLimit", 10);
        template(spec);
    }

    private static void service(ObjectNode spec) {
        Fill.text(spec, "type", "ClusterIP");
        Fill.text(spec, "sessionAffinity", "None");
        if (Json.text(spec, "sessionAffinity").equals("ClientIP")) {
            Fill.number(Fill.object(Fill.object(spec, "sessionAffinityConfig"), "clientIP"), "timeoutSeconds", 10_800);
        } else {
            spec.remove("sessionAffinityConfig");
        }
        Fill.each(spec.path("ports"), port -> {
            Fill.text(port, "protocol", "TCP");
            JsonNode target = port.path("targetPort");
            if (target.isMissingNode() || (target.isNumber() && target.intValue() == 0)) {
                port.set("targetPort", port.path("port"));
            }
        });
        String type = Json.text(spec, "type");
        if (type.equals("NodePort") || type.equals("LoadBalancer")) {
            Fill.text(spec, "externalTrafficPolicy", "Cluster");
        }
        if (type.equals("LoadBalancer")) {
            Fill.flag(spec, "allocateLoadBalancerNodePorts", true);
        }
        if (!type.equals("ExternalName")) {
            Fill.text(spec, "internalTrafficPolicy", "Cluster");
        }
    }

    private static void secret(ObjectNode secret) {
        Fill.text(secret, "type", "Opaque");
        if (secret.remove("stringData") instanceof ObjectNode texts) {
            ObjectNode data = Fill.object(secret, "data");
            texts.forEachEntry((name, text) -> data.put(
                    name, Base64.getEncoder().encodeToString(text.asString().getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static void namespace(ObjectNode namespace) {
        Fill.object(Fill.object(namespace, "metadata"), "labels")
                .put("kubernetes.io/metadata.name", Json.text(namespace, "metadata", "name"));
        ObjectNode status = Fill.object(namespace, "status");
        Fill.text(status, "phase", "Active");
    }

    private static void autoscaler(ObjectNode spec) {
        Fill.number(spec, "minReplicas", 1);
        if (spec.path("metrics").isEmpty()) {
            ObjectNode metric = spec.putArray("metrics").addObject().put("type", "Resource");
            metric.putObject("resource")
                    .put("name", "cpu")
                    .putObject("target")
                    .put("type", "Utilization")
                    .put("averageUtilization", 80);
        }
    }

    private static void httpRoute(ObjectNode spec) {
        Fill.each(spec.path("parentRefs"), parent -> {
            Fill.text(parent, "group", "gateway.networking.k8s.io");
            Fill.text(parent, "kind", "Gateway");
        });
        Fill.each(spec.path("rules"), rule -> {
            Fill.each(rule.path("backendRefs"), backend -> {
                if (!backend.has("group")) {
                    backend.put("group", "");
                }
                Fill.text(backend, "kind", "Service");
                Fill.number(backend, "weight", 1);
            });
            if (!rule.has("matches")) {
                rule.putArray("matches").addObject();
            }
            Fill.each(rule.path("matches"), match -> {
                ObjectNode path = Fill.object(match, "path");
                Fill.text(path, "type", "PathPrefix");
                Fill.text(path, "value", "/");
                Fill.each(match.path("headers"), header -> Fill.text(header, "type", "Exact"));
                Fill.each(match.path("queryParams"), parameter -> Fill.text(parameter, "type", "Exact"));
            });
        });
    }
}
