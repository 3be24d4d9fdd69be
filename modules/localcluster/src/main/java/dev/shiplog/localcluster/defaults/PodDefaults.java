package dev.shiplog.localcluster.defaults;

import dev.shiplog.localcluster.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Defaults of what runs: pod templates and pods. */
final class PodDefaults {
    private static final int READABLE_BY_ALL = 420;

    private PodDefaults() {}

    static void ofTemplate(ObjectNode spec) {
        Fill.text(spec, "restartPolicy", "Always");
        Fill.number(spec, "terminationGracePeriodSeconds", 30);
        Fill.text(spec, "dnsPolicy", "ClusterFirst");
        Fill.text(spec, "schedulerName", "default-scheduler");
        Fill.object(spec, "securityContext");
        String account = Json.text(spec, "serviceAccountName");
        if (!account.isEmpty()) {
            spec.put("serviceAccount", account);
        } else if (spec.has("serviceAccount")) {
            spec.set("serviceAccountName", spec.path("serviceAccount"));
        }
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            Fill.each(spec.path(list), PodDefaults::container);
        }
        Fill.each(spec.path("volumes"), PodDefaults::volume);
    }

    /** What is only decided for a pod itself: its requests, its account, how long it stays on a lost node. */
    static void ofPod(ObjectNode pod) {
        ObjectNode spec = Fill.object(pod, "spec");
        ofTemplate(spec);
        Fill.text(spec, "serviceAccountName", "default");
        Fill.text(spec, "serviceAccount", Json.text(spec, "serviceAccountName"));
        Fill.flag(spec, "enableServiceLinks", true);
        Fill.number(spec, "priority", 0);
        Fill.text(spec, "preemptionPolicy", "PreemptLowerPriority");
        Fill.each(spec.path("containers"), PodDefaults::requests);
        Fill.each(spec.path("initContainers"), PodDefaults::requests);
        ArrayNode tolerations = spec.withArray("tolerations");
        tolerate(tolerations, "node.kubernetes.io/not-ready");
        tolerate(tolerations, "node.kubernetes.io/unreachable");
        accountToken(pod, spec);
        ObjectNode status = Fill.object(pod, "status");
        Fill.text(status, "phase", "Pending");
        Fill.text(status, "qosClass", qosClass(spec));
    }

    private static void container(ObjectNode container) {
        Fill.text(container, "terminationMessagePath", "/dev/termination-log");
        Fill.text(container, "terminationMessagePolicy", "File");
        Fill.text(container, "imagePullPolicy", latest(Json.text(container, "image")) ? "Always" : "IfNotPresent");
        Fill.object(container, "resources");
        Fill.each(container.path("ports"), port -> Fill.text(port, "protocol", "TCP"));
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            Fill.inside(container, probe, PodDefaults::probe);
        }
        Fill.inside(container, "lifecycle", lifecycle -> {
            Fill.inside(lifecycle, "postStart", PodDefaults::handler);
            Fill.inside(lifecycle, "preStop", PodDefaults::handler);
        });
        Fill.each(
                container.path("env"),
                env -> Fill.inside(
                        env,
                        "valueFrom",
                        from -> Fill.inside(from, "fieldRef", field -> Fill.text(field, "apiVersion", "v1"))));
    }

    private static boolean latest(String image) {
        String afterSlash = image.substring(image.lastIndexOf('/') + 1);
        return !image.contains("@") && (!afterSlash.contains(":") || afterSlash.endsWith(":latest"));
    }

    private static void probe(ObjectNode probe) {
        handler(probe);
        Fill.number(probe, "timeoutSeconds", 1);
        Fill.number(probe, "periodSeconds", 10);
        Fill.number(probe, "successThreshold", 1);
        Fill.number(probe, "failureThreshold", 3);
    }

    private static void handler(ObjectNode handler) {
        Fill.inside(handler, "httpGet", get -> {
            Fill.text(get, "path", "/");
            Fill.text(get, "scheme", "HTTP");
        });
        Fill.inside(handler, "grpc", grpc -> {
            if (!grpc.has("service")) {
                grpc.put("service", "");
            }
        });
    }

    private static void volume(ObjectNode volume) {
        for (String source : List.of("secret", "configMap", "downwardAPI", "projected")) {
            Fill.inside(volume, source, node -> Fill.number(node, "defaultMode", READABLE_BY_ALL));
        }
        Fill.inside(volume, "hostPath", path -> {
            if (!path.has("type")) {
                path.put("type", "");
            }
        });
        if (volume.size() == 1) {
            volume.putObject("emptyDir");
        }
    }

    private static void requests(ObjectNode container) {
        JsonNode limits = Json.at(container, "resources", "limits");
        if (limits.isEmpty()) {
            return;
        }
        ObjectNode requests = Fill.object(Fill.object(container, "resources"), "requests");
        limits.forEachEntry((name, limit) -> requests.putIfAbsent(name, limit));
    }

    private static void tolerate(ArrayNode tolerations, String taint) {
        for (JsonNode toleration : tolerations) {
            String key = Json.text(toleration, "key");
            if (key.equals(taint)
                    || (key.isEmpty() && Json.text(toleration, "operator").equals("Exists"))) {
                return;
            }
        }
        tolerations
                .addObject()
                .put("key", taint)
                .put("operator", "Exists")
                .put("effect", "NoExecute")
                .put("tolerationSeconds", 300);
    }

    private static void accountToken(ObjectNode pod, ObjectNode spec) {
        JsonNode automount = spec.path("automountServiceAccountToken");
        if (automount.isBoolean() && !automount.booleanValue()) {
            return;
        }
        ArrayNode volumes = spec.withArray("volumes");
        for (JsonNode volume : volumes) {
            if (Json.text(volume, "name").startsWith("kube-api-access-")) {
                return;
            }
        }
        String podName = Json.text(pod, "metadata", "name");
        String name = "kube-api-access-" + podName.substring(Math.max(0, podName.length() - 5));
        ObjectNode projected = volumes.addObject().put("name", name).putObject("projected");
        ArrayNode sources = projected.putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", 3607)
                .put("path", "token");
        ObjectNode authority = sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
        authority.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
        ObjectNode field =
                sources.addObject().putObject("downwardAPI").putArray("items").addObject();
        field.put("path", "namespace")
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", "metadata.namespace");
        projected.put("defaultMode", READABLE_BY_ALL);
        Fill.each(
                spec.path("containers"),
                container -> container
                        .withArray("volumeMounts")
                        .addObject()
                        .put("name", name)
                        .put("readOnly", true)
                        .put("mountPath", "/var/run/secrets/kubernetes.io/serviceaccount"));
    }

    private static String qosClass(ObjectNode spec) {
        boolean anything = false;
        boolean guaranteed = true;
        for (JsonNode container : spec.path("containers")) {
            JsonNode limits = Json.at(container, "resources", "limits");
            JsonNode requests = Json.at(container, "resources", "requests");
            anything |= !limits.isEmpty() || !requests.isEmpty();
            guaranteed &= limits.has("cpu") && limits.has("memory") && Json.same(limits, requests);
        }
        return !anything ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
    }
}
