package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Deletion.Propagation;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Delete, of one object or of a collection. */
final class Deletes {
    private static final Set<Kind> ANSWERED_WITH_OBJECT =
            Set.of(Kinds.POD, Kinds.SERVICE, Kinds.SERVICE_ACCOUNT, Kinds.RESOURCE_QUOTA);
    private static final Set<String> LASTING_NAMESPACES = Set.of("default", "kube-system", "kube-public");

    private final Backend backend;

    Deletes(Backend backend) {
        this.backend = backend;
    }

    void one(Call call, Target target) {
        WriteOptions.check(call);
        JsonNode options = options(call);
        Deletion deletion = deletion(call, options);
        ObjectKey key = target.key();
        ObjectNode current = backend.store().get(key);
        if (current == null) {
            throw StatusException.notFound(target.kind(), target.name());
        }
        if (key.kind().equals(Kinds.NAMESPACE) && LASTING_NAMESPACES.contains(key.name())) {
            throw StatusException.forbidden(Kinds.NAMESPACE, key.name(), "this namespace may not be deleted");
        }
        checkPreconditions(key, current, options);
        ObjectNode last = backend.store().delete(key, deletion);
        if (last == null) {
            throw StatusException.notFound(target.kind(), target.name());
        }
        boolean stays = last.path("metadata").has("deletionTimestamp")
                && (call.dryRun()
                        ? !last.path("metadata").path("finalizers").isEmpty()
                        : backend.store().get(key) != null);
        call.answer(
                200,
                stays || ANSWERED_WITH_OBJECT.contains(target.kind())
                        ? target.shown(last)
                        : success(target.kind(), last));
    }

    void collection(Call call, Target target) {
        WriteOptions.check(call);
        ListOptions selected = ListOptions.of(call.query(), target);
        Deletion deletion = deletion(call, options(call));
        List<ObjectNode> deleted = new ArrayList<>();
        var all = target.namespace().isEmpty()
                ? backend.store().list(target.kind())
                : backend.store().list(target.kind(), target.namespace());
        for (ObjectNode object : all) {
            if (selected.selection().matches(object)) {
                ObjectNode last = backend.store().delete(ObjectKey.of(target.kind(), object), deletion);
                deleted.add(last == null ? object : last);
            }
        }
        ObjectNode meta = Json.object();
        meta.put("resourceVersion", Long.toString(backend.store().resourceVersion()));
        call.answer(200, Reads.list(target, deleted, meta));
    }

    private static ObjectNode success(Kind kind, ObjectNode last) {
        String name = Json.text(last, "metadata", "name");
        ObjectNode status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        status.set(
                "details",
                StatusException.details(name, kind.group(), kind.plural())
                        .put("uid", Json.text(last, "metadata", "uid")));
        return status;
    }

    private static void checkPreconditions(ObjectKey key, ObjectNode current, JsonNode options) {
        String uid = Json.text(options, "preconditions", "uid");
        String realUid = Json.text(current, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(realUid)) {
            throw preconditionFailed(
                    key,
                    "the UID in the precondition (" + uid + ") does not match the UID in record (" + realUid
                            + "). The object might have been deleted and then recreated");
        }
        String version = Json.text(options, "preconditions", "resourceVersion");
        String realVersion = Json.text(current, "metadata", "resourceVersion");
        if (!version.isEmpty() && !version.equals(realVersion)) {
            throw preconditionFailed(
                    key,
                    "the ResourceVersion in the precondition (" + version
                            + ") does not match the ResourceVersion in record (" + realVersion
                            + "). The object might have been modified");
        }
    }

    private static StatusException preconditionFailed(ObjectKey key, String why) {
        Kind kind = key.kind();
        String named = kind.group().isEmpty() ? kind.name() : kind.name() + "." + kind.group();
        return StatusException.of(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + named + " \"" + key.name() + "\": " + why,
                StatusException.details(key.name(), kind.group(), kind.name()));
    }

    private static JsonNode options(Call call) {
        if (call.body().length == 0) {
            return Json.object();
        }
        try {
            if (Json.MAPPER.readTree(call.body()) instanceof ObjectNode options) {
                return options;
            }
        } catch (JacksonException e) {
            throw StatusException.badRequest("couldn't get version/kind; json parse error: " + e.getOriginalMessage());
        }
        throw StatusException.badRequest("couldn't get version/kind; json parse error: not an object");
    }

    private static Deletion deletion(Call call, JsonNode options) {
        String policy = Json.text(options, "propagationPolicy");
        if (policy.isEmpty()) {
            policy = call.query().get("propagationPolicy");
        }
        Propagation propagation = switch (policy) {
            case "Foreground" -> Propagation.FOREGROUND;
            case "Orphan" -> Propagation.ORPHAN;
            case "", "Background" ->
                Json.flag(options, "orphanDependents") ? Propagation.ORPHAN : Propagation.BACKGROUND;
            default ->
                throw StatusException.invalid(
                        "meta.k8s.io",
                        "DeleteOptions",
                        "",
                        List.of(dev.shiplog.localcluster.status.Cause.notSupported(
                                "propagationPolicy",
                                "\"" + policy + "\"",
                                "Foreground",
                                "Background",
                                "Orphan",
                                "nil")));
        };
        JsonNode grace = options.path("gracePeriodSeconds");
        String asked = call.query().get("gracePeriodSeconds");
        Long seconds = grace.isIntegralNumber()
                ? Long.valueOf(grace.longValue())
                : asked.isEmpty() ? null : Long.valueOf(ListOptions.number("gracePeriodSeconds", asked));
        boolean dryRun = call.dryRun() || !options.path("dryRun").isEmpty();
        return new Deletion(propagation, seconds, dryRun);
    }
}
