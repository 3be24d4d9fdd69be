package dev.shiplog.localcluster.store;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the store itself writes into metadata: names, uids, times, generations and the marks of deletion. */
final class Metadata {
    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int LONGEST_NAME = 63;
    private static final int SUFFIX_LENGTH = 5;
    private static final List<String> NOT_WANTED = List.of("metadata", "status", "kind", "apiVersion");

    private final Timers timers;
    private final Random random;

    Metadata(Timers timers, long seed) {
        this.timers = timers;
        this.random = new Random(seed);
    }

    /** Gives a name to an object that has only a prefix for one, which is cut where the name would be no label any more. */
    ObjectNode named(ObjectNode object) {
        String prefix = Json.text(object, "metadata", "generateName");
        if (prefix.isEmpty() || !Json.text(object, "metadata", "name").isEmpty()) {
            return object;
        }
        String base = prefix.substring(0, Math.min(prefix.length(), LONGEST_NAME - SUFFIX_LENGTH));
        return Json.with(object, Json.text(base + suffix(SUFFIX_LENGTH)), "metadata", "name");
    }

    ObjectNode created(Kind kind, ObjectNode object) {
        ObjectNode meta = Json.copy((ObjectNode) object.path("metadata"));
        meta.put("uid", new UUID(random.nextLong(), random.nextLong()).toString());
        meta.put("creationTimestamp", timestamp(timers.now()));
        meta.remove("resourceVersion");
        meta.remove("deletionTimestamp");
        meta.remove("deletionGracePeriodSeconds");
        if (kind.generational()) {
            meta.put("generation", 1);
        } else {
            meta.remove("generation");
        }
        return Json.with(object, meta, "metadata");
    }

    ObjectNode changed(Kind kind, ObjectNode before, ObjectNode after, boolean mayMoveGeneration) {
        ObjectNode meta = Json.copy((ObjectNode) after.path("metadata"));
        JsonNode old = before.path("metadata");
        keep(meta, old, "uid");
        keep(meta, old, "creationTimestamp");
        keep(meta, old, "resourceVersion");
        if (kind.generational()) {
            boolean moved = (mayMoveGeneration && wantedChanged(kind, before, after))
                    || (old.path("deletionTimestamp").isMissingNode() && meta.has("deletionTimestamp"));
            meta.put("generation", Json.number(old, 1, "generation") + (moved ? 1 : 0));
        }
        return Json.with(after, meta, "metadata");
    }

    ObjectNode doomed(Kind kind, ObjectNode current, Deletion deletion) {
        ObjectNode meta = Json.copy((ObjectNode) current.path("metadata"));
        ArrayNode finalizers = Json.array();
        meta.path("finalizers").forEach(finalizer -> {
            boolean ofPropagation = List.of("foregroundDeletion", "orphan").contains(finalizer.asString());
            if (!ofPropagation) {
                finalizers.add(finalizer);
            }
        });
        switch (deletion.propagation()) {
            case FOREGROUND -> finalizers.add("foregroundDeletion");
            case ORPHAN -> finalizers.add("orphan");
            case BACKGROUND -> {}
        }
        if (finalizers.isEmpty()) {
            meta.remove("finalizers");
        } else {
            meta.set("finalizers", finalizers);
        }
        long grace = grace(kind, current, deletion);
        if (!meta.has("deletionTimestamp")) {
            meta.put("deletionTimestamp", timestamp(timers.now().plus(Duration.ofSeconds(grace))));
            meta.put("deletionGracePeriodSeconds", grace);
        } else if (grace < Json.number(meta, 0, "deletionGracePeriodSeconds")) {
            meta.put("deletionGracePeriodSeconds", grace);
        }
        ObjectNode doomed = Json.with(current, meta, "metadata");
        return kind.equals(Kinds.NAMESPACE) ? Json.with(doomed, Json.text("Terminating"), "status", "phase") : doomed;
    }

    /** Only a pod that runs somewhere is given time: its kubelet must stop it. */
    private static long grace(Kind kind, ObjectNode current, Deletion deletion) {
        if (!kind.equals(Kinds.POD) || Json.text(current, "spec", "nodeName").isEmpty()) {
            return 0;
        }
        String phase = Json.text(current, "status", "phase");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            return 0;
        }
        Long asked = deletion.graceSeconds();
        return asked != null ? asked : Json.number(current, 30, "spec", "terminationGracePeriodSeconds");
    }

    /** Whether nothing holds a deleted object any more. */
    static boolean mayGo(Kind kind, ObjectNode object) {
        JsonNode meta = object.path("metadata");
        return meta.has("deletionTimestamp")
                && meta.path("finalizers").isEmpty()
                && Json.number(meta, 0, "deletionGracePeriodSeconds") == 0
                && !(kind.equals(Kinds.NAMESPACE)
                        && !Json.at(object, "spec", "finalizers").isEmpty());
    }

    static boolean unchanged(ObjectNode before, ObjectNode after) {
        if (!Json.same(unversioned(before.path("metadata")), unversioned(after.path("metadata")))) {
            return false;
        }
        return Json.same(Json.without(before, "metadata"), Json.without(after, "metadata"));
    }

    private static JsonNode unversioned(JsonNode meta) {
        return meta instanceof ObjectNode object ? Json.without(object, "resourceVersion") : meta;
    }

    private static boolean wantedChanged(Kind kind, ObjectNode before, ObjectNode after) {
        if (kind.equals(Kinds.DEPLOYMENT)
                && !Json.same(Json.at(before, "metadata", "annotations"), Json.at(after, "metadata", "annotations"))) {
            return true;
        }
        if (kind.equals(Kinds.ENDPOINT_SLICE)
                && !Json.same(Json.at(before, "metadata", "labels"), Json.at(after, "metadata", "labels"))) {
            return true;
        }
        if (kind.equals(Kinds.POD)) {
            return !Json.same(unbound(before), unbound(after));
        }
        return !Json.same(wanted(before), wanted(after));
    }

    /** Where a pod runs is not for its owner to want. */
    private static JsonNode unbound(ObjectNode pod) {
        return Json.without(pod, "spec", "nodeName").path("spec");
    }

    private static ObjectNode wanted(ObjectNode object) {
        return Json.copy(object).remove(NOT_WANTED);
    }

    private static void keep(ObjectNode meta, JsonNode old, String name) {
        if (old.has(name)) {
            meta.set(name, old.path(name));
        } else {
            meta.remove(name);
        }
    }

    static String timestamp(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private String suffix(int length) {
        StringBuilder suffix = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            suffix.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
        }
        return suffix.toString();
    }
}
