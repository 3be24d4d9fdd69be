package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.apply.Owner;
import dev.shiplog.localcluster.defaults.Defaults;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.Cause;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.validation.Validation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Create, update, patch and apply: of objects, and of their status. */
final class Writes {
    static final String APPLY = "application/apply-patch+yaml";

    private final Backend backend;

    Writes(Backend backend) {
        this.backend = backend;
    }

    void create(Call call, Target target) {
        Kind kind = target.kind();
        WriteOptions.check(call);
        ObjectNode object = target.stored(Decoder.object(call, target.served()));
        object = placed(object, target, "");
        if (kind.namespaced()) {
            Namespaces.check(backend.store(), kind, target.namespace(), Json.text(object, "metadata", "name"));
        }
        object = prepared(kind, object, null, "", call.dryRun());
        object = backend.ownership().updated(null, object, owner(call, kind, Owner.UPDATE, ""));
        validate(kind, object, null);
        call.answer(201, target.shown(created(kind, object, call.dryRun())));
    }

    private ObjectNode created(Kind kind, ObjectNode object, boolean dryRun) {
        ObjectNode existing = backend.store().get(ObjectKey.of(kind, object));
        if (existing != null
                && kind.equals(Kinds.NAMESPACE)
                && Json.at(existing, "metadata").has("deletionTimestamp")) {
            String name = Json.text(object, "metadata", "name");
            throw StatusException.of(
                    409,
                    "AlreadyExists",
                    "object is being deleted: namespaces \"" + name + "\" already exists",
                    StatusException.details(name, "", "namespaces"));
        }
        return backend.store().create(kind, object, dryRun);
    }

    void update(Call call, Target target) {
        WriteOptions.check(call);
        ObjectNode object = placed(target.stored(Decoder.object(call, target.served())), target, target.name());
        ObjectNode current = current(target);
        call.answer(200, target.shown(replaced(call, target, current, object)));
    }

    void patch(Call call, Target target) {
        WriteOptions.check(call);
        if (call.contentType().equals(APPLY)) {
            apply(call, target);
            return;
        }
        if (!Patches.TYPES.contains(call.contentType())) {
            throw Patches.unsupported();
        }
        ObjectNode current = current(target);
        ObjectNode patched = target.stored(Patches.typed(call, target.served(), target.shown(current)));
        call.answer(200, target.shown(replaced(call, target, current, placed(patched, target, target.name()))));
    }

    private ObjectNode replaced(Call call, Target target, ObjectNode current, ObjectNode object) {
        Kind kind = target.kind();
        String version = Json.text(object, "metadata", "resourceVersion");
        if (!version.isEmpty() && !version.equals(Json.text(current, "metadata", "resourceVersion"))) {
            ListOptions.number("metadata.resourceVersion", version);
            throw StatusException.modified(target.key());
        }
        String uid = Json.text(object, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(Json.text(current, "metadata", "uid"))) {
            throw StatusException.conflict(
                    target.key(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: "
                            + Json.text(current, "metadata", "uid"));
        }
        ObjectNode candidate = prepared(kind, object, current, target.subresource(), call.dryRun());
        Owner owner = owner(call, kind, Owner.UPDATE, target.subresource());
        candidate = backend.ownership().updated(current, candidate, owner);
        validate(kind, candidate, current);
        return backend.store().replace(target.key(), candidate, target.subresource(), call.dryRun());
    }

    private void apply(Call call, Target target) {
        Kind kind = target.kind();
        if (call.query().get("fieldManager").isEmpty()) {
            throw StatusException.invalid(
                    "meta.k8s.io",
                    "PatchOptions",
                    "",
                    List.of(Cause.required("fieldManager", "is required for apply patch")));
        }
        ObjectNode config = target.stored(Decoder.configuration(call, target.served(), target.name()));
        ObjectNode live = backend.store().get(target.key());
        if (live == null && !target.subresource().isEmpty()) {
            throw StatusException.notFound(kind, target.name());
        }
        config = placed(config, target, target.name());
        checkIdentity(target, config, live);
        ObjectNode intent = Json.without(
                Json.without(config, "metadata", "resourceVersion"),
                target.subresource().equals("status") ? "spec" : "status");
        Owner owner = owner(call, kind, Owner.APPLY, target.subresource());
        boolean force = call.query().flag("force");
        ObjectNode applied = backend.ownership().applied(live, intent, owner, force);
        ObjectNode candidate =
                prepared(kind, Decoder.applied(kind, applied), live, target.subresource(), call.dryRun());
        if (live == null) {
            if (kind.namespaced()) {
                Namespaces.check(backend.store(), kind, target.namespace(), target.name());
            }
            validate(kind, candidate, null);
            call.answer(201, target.shown(created(kind, candidate, call.dryRun())));
            return;
        }
        validate(kind, candidate, live);
        ObjectNode replaced = backend.store().replace(target.key(), candidate, target.subresource(), call.dryRun());
        call.answer(200, target.shown(replaced));
    }

    private static void checkIdentity(Target target, ObjectNode config, @Nullable ObjectNode live) {
        String uid = Json.text(config, "metadata", "uid");
        if (live == null) {
            if (!uid.isEmpty()) {
                throw StatusException.conflict(
                        target.key(),
                        "uid mismatch: the provided object specified uid " + uid
                                + ", and no existing object was found");
            }
            return;
        }
        String version = Json.text(config, "metadata", "resourceVersion");
        if (!version.isEmpty() && !version.equals(Json.text(live, "metadata", "resourceVersion"))) {
            throw StatusException.modified(target.key());
        }
        if (!uid.isEmpty() && !uid.equals(Json.text(live, "metadata", "uid"))) {
            Cause immutable = Cause.invalid("metadata.uid", Json.text(uid).toString(), "field is immutable");
            throw StatusException.invalid(
                    target.kind().group(), target.kind().name(), target.name(), List.of(immutable, immutable));
        }
    }

    /** The object as it would be stored, but for managed fields: defaults, and what this way of writing cannot touch. */
    private ObjectNode prepared(
            Kind kind, ObjectNode object, @Nullable ObjectNode before, String subresource, boolean dryRun) {
        ObjectNode candidate = object;
        if (subresource.equals("status") && before != null) {
            candidate = before.has("spec") ? Json.with(candidate, before.path("spec"), "spec") : candidate;
            JsonNode labels = Json.at(before, "metadata", "labels");
            return labels.isMissingNode()
                    ? Json.without(candidate, "metadata", "labels")
                    : Json.with(candidate, labels, "metadata", "labels");
        }
        if (Subresources.hasStatus(kind)) {
            JsonNode status = before == null ? Initial.status(kind) : before.path("status");
            candidate =
                    status.isMissingNode() ? Json.without(candidate, "status") : Json.with(candidate, status, "status");
        }
        if (before != null) {
            candidate = keepDeletion(candidate, before);
        }
        candidate = candidate.deepCopy();
        Defaults.fill(kind, candidate);
        if (kind.equals(Kinds.SERVICE)) {
            backend.addresses().fill(candidate, before, dryRun);
        }
        if (kind.equals(Kinds.NAMESPACE) && before == null) {
            candidate = Json.with(candidate, Json.array(List.of(Json.text("kubernetes"))), "spec", "finalizers");
        }
        return candidate;
    }

    private static ObjectNode keepDeletion(ObjectNode candidate, ObjectNode before) {
        ObjectNode kept = candidate;
        for (String name : List.of("deletionTimestamp", "deletionGracePeriodSeconds")) {
            JsonNode value = Json.at(before, "metadata", name);
            kept = value.isMissingNode()
                    ? Json.without(kept, "metadata", name)
                    : Json.with(kept, value, "metadata", name);
        }
        return kept;
    }

    private void validate(Kind kind, ObjectNode object, @Nullable ObjectNode before) {
        List<Cause> causes = Validation.check(kind, object, before);
        if (!causes.isEmpty()) {
            throw StatusException.invalid(kind.group(), kind.name(), Json.text(object, "metadata", "name"), causes);
        }
    }

    /** The object with namespace and name as in the path, which it must not contradict. */
    private static ObjectNode placed(ObjectNode object, Target target, String name) {
        ObjectNode placed = object;
        if (target.kind().namespaced()) {
            String namespace = Json.text(object, "metadata", "namespace");
            if (!namespace.isEmpty() && !namespace.equals(target.namespace())) {
                throw StatusException.badRequest(
                        "the namespace of the provided object does not match the namespace sent" + " on the request");
            }
            placed = Json.with(placed, Json.text(target.namespace()), "metadata", "namespace");
        } else {
            placed = Json.without(placed, "metadata", "namespace");
        }
        if (name.isEmpty()) {
            return placed;
        }
        Decoder.checkName(object, name);
        return placed;
    }

    private ObjectNode current(Target target) {
        ObjectNode current = backend.store().get(target.key());
        if (current == null) {
            throw StatusException.notFound(target.kind(), target.name());
        }
        return current;
    }

    private static Owner owner(Call call, Kind kind, String operation, String subresource) {
        return new Owner(call.fieldManager(), operation, kind.apiVersion(), subresource);
    }
}
