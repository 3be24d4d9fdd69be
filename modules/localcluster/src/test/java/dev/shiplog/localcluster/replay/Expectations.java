package dev.shiplog.localcluster.replay;

import dev.shiplog.localcluster.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of an answer must be as it was recorded. Written down here and nowhere else:
 *
 * <ul>
 *   <li>compared as they are: the status code; of a Status its reason, code, details and causes with their fields; of an
 *       object everything in metadata, spec, data and the like, defaults included; the order of items of a list;
 *   <li>compared by their being there only: uids, resource versions, times, addresses, continue tokens, names that the
 *       server made up (and what is derived from them), hashes of templates;
 *   <li>managedFields: of every client the manager, operation, subresource, apiVersion and fields; neither times nor order,
 *       nor what the controllers own, as that depends on how far they have come;
 *   <li>not compared: messages (they are not an API), the order of causes and of a Status' fields, status of an object (its
 *       order of changes is checked with the controllers), what the recording left out.
 * </ul>
 */
final class Expectations {
    private static final Set<String> PRESENCE_ONLY = Set.of(
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "deletionTimestamp",
            "time",
            "continue",
            "clusterIP",
            "clusterIPs",
            "nodePort",
            "pod-template-hash",
            "serverAddress",
            "gitCommit",
            "buildDate",
            "goVersion",
            "compiler",
            "platform",
            "storageVersionHash",
            "lastTransitionTime",
            "message",
            "addresses",
            "nodeName",
            "zone",
            "topology.kubernetes.io/zone",
            "topology.kubernetes.io/region",
            "endpoints.kubernetes.io/last-change-trigger-time");
    private static final Set<String> NOT_COMPARED = Set.of("status", "managedFields");
    private static final Set<String> CONTROLLERS = Set.of("kube-controller-manager", "kube-scheduler", "kubelet");
    private static final Pattern MADE_UP = Pattern.compile("-[0-9a-z]{5,10}(-[0-9a-z]{5})?-?$");

    private final List<String> differences = new ArrayList<>();
    private final boolean shortened;

    private Expectations(boolean shortened) {
        this.shortened = shortened;
    }

    /**
     * What differs, each as a path with both values; empty if the answer is as expected.
     *
     * @param shortened whether the recording left fields out: then only those that it has are compared
     */
    static List<String> differences(JsonNode recorded, JsonNode ours, boolean shortened) {
        Expectations expectations = new Expectations(shortened);
        if (Json.text(recorded, "kind").equals("Status")) {
            expectations.status(recorded, ours);
        } else {
            expectations.compare("", recorded, ours);
            expectations.managers(recorded, ours);
        }
        return expectations.differences;
    }

    private void status(JsonNode recorded, JsonNode ours) {
        for (String field : List.of("kind", "status", "reason", "code")) {
            compare("." + field, recorded.path(field), ours.path(field));
        }
        ObjectNode expected = details(recorded);
        ObjectNode found = details(ours);
        compare(".details", expected, found);
        differ(".details.causes", causes(recorded), causes(ours));
    }

    private static ObjectNode details(JsonNode status) {
        return status.path("details") instanceof ObjectNode details ? Json.without(details, "causes") : Json.object();
    }

    private static Set<String> causes(JsonNode status) {
        Set<String> causes = new TreeSet<>();
        Json.at(status, "details", "causes")
                .forEach(cause -> causes.add(Json.text(cause, "reason") + " " + Json.text(cause, "field")));
        return causes;
    }

    private void managers(JsonNode recorded, JsonNode ours) {
        JsonNode expected = Json.at(recorded, "metadata", "managedFields");
        if (!expected.isMissingNode()) {
            Map<String, String> recordedOwners = owners(expected);
            Map<String, String> ourOwners = owners(Json.at(ours, "metadata", "managedFields"));
            Set<String> all = new TreeSet<>(recordedOwners.keySet());
            all.addAll(ourOwners.keySet());
            all.forEach(owner -> differ(
                    ".metadata.managedFields of " + owner,
                    recordedOwners.getOrDefault(owner, "nothing"),
                    ourOwners.getOrDefault(owner, "nothing")));
        }
    }

    private static Map<String, String> owners(JsonNode entries) {
        Map<String, String> owners = new TreeMap<>();
        for (JsonNode entry : entries) {
            if (!CONTROLLERS.contains(Json.text(entry, "manager"))) {
                owners.put(
                        Json.text(entry, "manager") + " " + Json.text(entry, "operation") + " "
                                + Json.text(entry, "apiVersion") + " " + Json.text(entry, "subresource"),
                        sorted(entry.path("fieldsV1")));
            }
        }
        return owners;
    }

    private static String sorted(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return node.toString();
        }
        TreeMap<String, String> fields = new TreeMap<>();
        object.forEachEntry((name, value) -> fields.put(name, sorted(value)));
        return fields.toString();
    }

    private void compare(String path, JsonNode recorded, JsonNode ours) {
        if (recorded instanceof ObjectNode expected && ours instanceof ObjectNode found) {
            fields(path, expected, found);
        } else if (recorded instanceof ArrayNode expected && ours instanceof ArrayNode found) {
            differ(path + " (how many)", expected.size(), found.size());
            for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
                compare(path + "[" + i + "]", expected.get(i), found.get(i));
            }
        } else if (!Json.same(recorded, ours) && !bothMadeUp(recorded, ours)) {
            differ(path, recorded, ours);
        }
    }

    private void fields(String path, ObjectNode recorded, ObjectNode ours) {
        Set<String> names = new TreeSet<>(recorded.propertyNames());
        if (!shortened) {
            names.addAll(ours.propertyNames());
        }
        for (String name : names) {
            if (NOT_COMPARED.contains(name) && !path.startsWith(".details")) {
                continue;
            }
            if (PRESENCE_ONLY.contains(name)) {
                differ(path + "." + name, recorded.has(name), ours.has(name));
            } else {
                compare(path + "." + name, recorded.path(name), ours.path(name));
            }
        }
    }

    private static boolean bothMadeUp(JsonNode recorded, JsonNode ours) {
        return recorded.isString()
                && ours.isString()
                && MADE_UP.matcher(recorded.stringValue()).find()
                && MADE_UP.matcher(ours.stringValue()).find()
                && MADE_UP.matcher(recorded.stringValue())
                        .replaceFirst("")
                        .equals(MADE_UP.matcher(ours.stringValue()).replaceFirst(""));
    }

    private void differ(String path, Object recorded, Object ours) {
        if (!recorded.equals(ours)) {
            differences.add(path + ": recorded " + recorded + ", here " + ours);
        }
    }
}
