package dev.shiplog.localcluster.recordings;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What is compared of a scenario, and what is not. A facet is the course that one part of an object takes between a
 * writing request and the next; it must be the same as recorded.
 *
 * <ul>
 *   <li>Deployment, StatefulSet, DaemonSet: generation with observedGeneration; revision; each condition's status and
 *       reason: the whole course.
 *   <li>spec.replicas of these and of ReplicaSets: its turning points.
 *   <li>Counters: pods that become ready in the same moment are one change here and two there, and controllers race. So of
 *       what a rollout must not exceed the most and the last are compared, of what it must keep the least and the last, and
 *       of the rest the last.
 *   <li>EndpointSlices: the least and the last number of ready endpoints, the last number of all.
 *   <li>Pods: which states occurred, whichever pod it was.
 *   <li>The order in which the first workload or pod of each kind comes, and goes.
 * </ul>
 *
 * <p>Not compared: names with hashes (ReplicaSets are called by the order in which they appear), messages, times,
 * Events, resource versions, the generations of ReplicaSets, and the order of events of different objects.
 */
public final class Facets {
    private static final List<String> WORKLOADS = List.of("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet");
    private static final List<String> MOST = List.of("replicas", "updatedReplicas", "currentNumberScheduled");
    private static final List<String> LEAST = List.of("readyReplicas", "availableReplicas", "numberAvailable");
    private static final List<String> LAST =
            List.of("terminatingReplicas", "currentReplicas", "updatedNumberScheduled", "numberUnavailable");

    private static final Pattern BOUNDED = Pattern.compile("(least|most) (\\d+), last (\\d+)");

    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, JsonNode> specs = new HashMap<>();
    private final Map<String, String> said = new HashMap<>();
    private final Map<String, List<String>> courses = new LinkedHashMap<>();
    private final Map<String, List<Long>> numbers = new LinkedHashMap<>();
    private final Map<String, Function<List<Long>, String>> tellers = new HashMap<>();

    /** Begins anew after a request; what objects are called, and what was said of them last, is kept. */
    void next() {
        courses.clear();
        numbers.clear();
    }

    /** Where nothing was recorded, what the other has told is taken as said. */
    void assume(Facets other) {
        said.putAll(other.said);
    }

    public void add(Change.Type type, String kind, String name, JsonNode object) {
        boolean counted = WORKLOADS.contains(kind) || kind.equals("Pod");
        if (WORKLOADS.contains(kind)) {
            String namespace = Json.text(object, "metadata", "namespace");
            workload(type, kind, kind + " " + namespace + "/" + alias(kind, name) + " ", object);
        } else if (kind.equals("Pod")) {
            courses.put("a Pod that is " + podState(object), List.of("seen"));
        } else if (kind.equals("EndpointSlice") && type != Change.Type.DELETED) {
            slice(object);
        }
        if (counted && type != Change.Type.MODIFIED) {
            List<String> order =
                    courses.computeIfAbsent("the first " + type + " of each kind", unknown -> new ArrayList<>());
            if (!order.contains(kind)) {
                order.add(kind);
            }
        }
    }

    private void workload(Change.Type type, String kind, String subject, JsonNode object) {
        if (!object.path("spec").isMissingNode()) {
            specs.put(subject, object.path("spec"));
        }
        if (type == Change.Type.DELETED) {
            return;
        }
        JsonNode status = object.path("status");
        course(subject + "revision", Json.text(object, "metadata", "annotations", "deployment.kubernetes.io/revision"));
        for (JsonNode condition : status.path("conditions")) {
            course(
                    subject + Json.text(condition, "type"),
                    Json.text(condition, "status") + " " + Json.text(condition, "reason"));
        }
        if (!kind.equals("ReplicaSet")) {
            long generation = Json.number(object, 0, "metadata", "generation");
            course(subject + "generation", generation + "/" + Json.number(status, 0, "observedGeneration"));
        }
        JsonNode wanted = specs.getOrDefault(subject, Json.object()).path("replicas");
        if (!wanted.asString("").equals(said.put(subject + "wanted", wanted.asString("")))) {
            number(subject + "wanted", wanted, Facets::turningPoints);
        }
        MOST.forEach(counter -> counter(subject, counter, status, Facets::mostAndLast));
        LEAST.forEach(counter -> counter(subject, counter, status, Facets::leastAndLast));
        LAST.forEach(counter -> counter(subject, counter, status, Facets::last));
    }

    private void slice(JsonNode object) {
        long ready = object.path("endpoints")
                .valueStream()
                .filter(endpoint -> Json.flag(endpoint, "conditions", "ready"))
                .count();
        number("EndpointSlice ready endpoints", Json.number(ready), Facets::leastAndLast);
        number("EndpointSlice endpoints", Json.number(object.path("endpoints").size()), Facets::last);
    }

    private static String podState(JsonNode pod) {
        String containers = Json.at(pod, "status", "containerStatuses")
                .valueStream()
                .map(status -> status.path("state")
                        .propertyStream()
                        .map(state -> state.getKey() + " " + Json.text(state.getValue(), "reason"))
                        .collect(Collectors.joining()))
                .collect(Collectors.joining(","));
        return Json.text(pod, "status", "phase")
                + (pod.path("metadata").has("deletionTimestamp") ? " and terminating " : " ")
                + containers;
    }

    /** What was said last, be it before the last request, is not told again. */
    private void course(String facet, String value) {
        if (!value.equals(said.put(facet, value))) {
            courses.computeIfAbsent(facet, unknown -> new ArrayList<>()).add(value);
        }
    }

    /** One that is not there was never there, or is 0 and therefore left out. */
    private void counter(String subject, String name, JsonNode status, Function<List<Long>, String> teller) {
        if (status.has(name) || said.containsKey(subject + name)) {
            said.put(subject + name, "counted");
            number(subject + name, status.path(name), teller);
        }
    }

    private void number(String facet, JsonNode value, Function<List<Long>, String> teller) {
        tellers.put(facet, teller);
        numbers.computeIfAbsent(facet, unknown -> new ArrayList<>()).add(value.isNumber() ? value.longValue() : 0);
    }

    private static String mostAndLast(List<Long> values) {
        return "most " + values.stream().max(Long::compare).orElse(0L) + ", " + last(values);
    }

    private static String leastAndLast(List<Long> values) {
        return "least " + values.stream().min(Long::compare).orElse(0L) + ", " + last(values);
    }

    /**
     * Whether a counter comes to the same end and has meanwhile kept no less, or exceeded no more, than the recorded one: on
     * real time several pods may become ready in one moment.
     */
    static boolean isWithin(String told, String recorded) {
        Matcher is = BOUNDED.matcher(told);
        Matcher should = BOUNDED.matcher(recorded);
        if (!is.matches() || !should.matches() || !is.group(1).equals(should.group(1))) {
            return false;
        }
        long distance = Long.parseLong(is.group(2)) - Long.parseLong(should.group(2));
        return is.group(3).equals(should.group(3)) && (is.group(1).equals("least") ? distance >= 0 : distance <= 0);
    }

    private static String last(List<Long> values) {
        return "last " + values.getLast();
    }

    private static String turningPoints(List<Long> values) {
        List<Long> points = new ArrayList<>();
        for (Long value : values) {
            int size = points.size();
            boolean goesOn = size > 1
                    && Long.signum(value - points.get(size - 1))
                            == Long.signum(points.get(size - 1) - points.get(size - 2));
            if (goesOn) {
                points.set(size - 1, value);
            } else if (points.isEmpty() || !points.getLast().equals(value)) {
                points.add(value);
            }
        }
        return points.toString();
    }

    private String alias(String kind, String name) {
        if (!kind.equals("ReplicaSet")) {
            return name;
        }
        String deployment = name.substring(0, name.lastIndexOf('-'));
        return aliases.computeIfAbsent(name, unknown -> {
            long siblings = aliases.keySet().stream()
                    .filter(other -> other.substring(0, other.lastIndexOf('-')).equals(deployment))
                    .count();
            return deployment + "-" + (siblings + 1);
        });
    }

    /** Each facet with its course, to be compared as text. */
    Map<String, String> told() {
        Map<String, String> told = new TreeMap<>();
        courses.forEach((facet, course) -> told.put(facet, String.join(", ", course)));
        numbers.forEach((facet, values) ->
                told.put(facet, tellers.getOrDefault(facet, Facets::last).apply(values)));
        return told;
    }
}
