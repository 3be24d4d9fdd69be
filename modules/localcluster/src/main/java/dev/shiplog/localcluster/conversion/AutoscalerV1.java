package dev.shiplog.localcluster.conversion;

import dev.shiplog.localcluster.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * HorizontalPodAutoscalers of autoscaling/v1 have one metric, the utilization of the CPU, as a number of its own. All other
 * metrics, the behaviour and the conditions travel in annotations; what stands in these is written as in v2.
 */
final class AutoscalerV1 {
    private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
    private static final String TARGET = "targetCPUUtilizationPercentage";
    private static final String CURRENT = "currentCPUUtilizationPercentage";

    /** Where v2 has a field, and the annotation that carries it in v1. */
    private static final Map<String, List<String>> CARRIED = Map.of(
            "metrics", List.of("spec", "metrics"),
            "behavior", List.of("spec", "behavior"),
            "current-metrics", List.of("status", "currentMetrics"),
            "conditions", List.of("status", "conditions"));

    private AutoscalerV1() {}

    static ObjectNode stored(ObjectNode v1) {
        ObjectNode v2 = v1;
        for (var carried : CARRIED.entrySet()) {
            String annotation = PREFIX + carried.getKey();
            Optional<JsonNode> value = parsed(Json.text(v1, "metadata", "annotations", annotation));
            if (value.isPresent()) {
                v2 = Json.with(v2, value.get(), carried.getValue().toArray(String[]::new));
                v2 = Json.without(v2, "metadata", "annotations", annotation);
            }
        }
        if (!v1.equals(v2) && Json.at(v2, "metadata", "annotations").isEmpty()) {
            v2 = Json.without(v2, "metadata", "annotations");
        }
        v2 = numberToMetric(v2, "target", "spec", TARGET, "metrics");
        return numberToMetric(v2, "current", "status", CURRENT, "currentMetrics");
    }

    static ObjectNode shown(ObjectNode v2) {
        ObjectNode v1 = metricToNumber(v2, "target", "spec", TARGET, "metrics");
        v1 = metricToNumber(v1, "current", "status", CURRENT, "currentMetrics");
        for (var carried : CARRIED.entrySet()) {
            String[] path = carried.getValue().toArray(String[]::new);
            JsonNode value = Json.at(v1, path);
            if (!value.isMissingNode()) {
                v1 = Json.without(v1, path);
            }
            if (!value.isEmpty()) {
                String annotation = PREFIX + carried.getKey();
                v1 = Json.with(v1, Json.text(value.toString()), "metadata", "annotations", annotation);
            }
        }
        return v1;
    }

    private static ObjectNode numberToMetric(ObjectNode v1, String which, String part, String number, String metrics) {
        JsonNode utilization = Json.at(v1, part, number);
        if (utilization.isMissingNode()) {
            return v1;
        }
        ObjectNode value = Json.object().put("type", "Utilization");
        if (which.equals("current")) {
            value = Json.object();
        }
        value.set("averageUtilization", utilization);
        ObjectNode resource = Json.object().put("name", "cpu");
        resource.set(which, value);
        ObjectNode metric = Json.object().put("type", "Resource");
        metric.set("resource", resource);
        List<JsonNode> all = new ArrayList<>();
        Json.at(v1, part, metrics).forEach(all::add);
        all.add(metric);
        return Json.with(Json.without(v1, part, number), Json.array(all), part, metrics);
    }

    private static ObjectNode metricToNumber(ObjectNode v2, String which, String part, String number, String metrics) {
        List<JsonNode> others = new ArrayList<>();
        ObjectNode v1 = v2;
        for (JsonNode metric : Json.at(v2, part, metrics)) {
            JsonNode utilization = Json.at(metric, "resource", which, "averageUtilization");
            boolean ofCpu = Json.text(metric, "resource", "name").equals("cpu") && utilization.isIntegralNumber();
            if (ofCpu && !Json.at(v1, part).has(number)) {
                v1 = Json.with(v1, utilization, part, number);
            } else {
                others.add(metric);
            }
        }
        return Json.at(v2, part, metrics).isArray() ? Json.with(v1, Json.array(others), part, metrics) : v1;
    }

    /** What cannot be read stays an annotation. */
    private static Optional<JsonNode> parsed(String annotation) {
        try {
            return annotation.isEmpty() ? Optional.empty() : Optional.of(Json.parse(annotation));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
