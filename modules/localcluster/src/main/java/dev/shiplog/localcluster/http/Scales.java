package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.apply.Owner;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.schema.Conformer;
import dev.shiplog.localcluster.schema.Problem;
import dev.shiplog.localcluster.schema.Schema;
import dev.shiplog.localcluster.selector.LabelSelector;
import dev.shiplog.localcluster.status.Cause;
import dev.shiplog.localcluster.status.StatusException;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The subresource /scale: one number of an object that has replicas, which somebody else may own than the rest. */
final class Scales {
    private static final String KIND = "Scale";
    private static final String API_VERSION = "autoscaling/v1";

    private final Backend backend;

    Scales(Backend backend) {
        this.backend = backend;
    }

    void get(Call call, Target target) {
        call.answer(200, scale(parent(target)));
    }

    void update(Call call, Target target) {
        WriteOptions.check(call);
        ObjectNode parent = parent(target);
        if (!(Decoder.json(call) instanceof ObjectNode wanted)) {
            throw StatusException.badRequest("the object provided is unrecognized (must be of type Scale)");
        }
        check(
                wanted,
                problem -> StatusException.badRequest(
                        "Scale in version \"v1\" cannot be handled as a Scale: " + problem.decoding()));
        call.answer(200, scale(written(call, target, parent, wanted)));
    }

    void patch(Call call, Target target) {
        WriteOptions.check(call);
        ObjectNode parent = parent(target);
        if (call.contentType().equals(Writes.APPLY)) {
            call.answer(200, scale(applied(call, target, parent)));
            return;
        }
        ObjectNode wanted = Patches.applied(call, scale(parent), Schema.of(KIND));
        check(wanted, problem -> Patches.unfit(call, wanted, Patches.words(call).apply(problem)));
        call.answer(200, scale(written(call, target, parent, wanted)));
    }

    private static void check(ObjectNode wanted, Function<Problem, StatusException> refusal) {
        for (Problem problem : Conformer.conform(Schema.of(KIND), wanted).problems()) {
            if (problem.type() == Problem.Type.WRONG_TYPE) {
                throw refusal.apply(problem);
            }
        }
    }

    private ObjectNode written(Call call, Target target, ObjectNode parent, ObjectNode wanted) {
        Decoder.checkName(wanted, target.name());
        String version = Json.text(wanted, "metadata", "resourceVersion");
        if (!version.isEmpty() && !version.equals(Json.text(parent, "metadata", "resourceVersion"))) {
            throw StatusException.modified(target.key());
        }
        ObjectNode scaled = withReplicas(target, parent, Json.at(wanted, "spec", "replicas"));
        ObjectNode candidate = backend.ownership().updated(parent, scaled, owner(call, target, Owner.UPDATE));
        return backend.store().replace(target.key(), candidate, "", call.dryRun());
    }

    private ObjectNode applied(Call call, Target target, ObjectNode parent) {
        if (call.query().get("fieldManager").isEmpty()) {
            throw StatusException.invalid(
                    "meta.k8s.io",
                    "PatchOptions",
                    "",
                    List.of(Cause.required("fieldManager", "is required for apply patch")));
        }
        if (!(Decoder.anyYaml(call) instanceof ObjectNode config)) {
            throw StatusException.badRequest("invalid object type: /, Kind=");
        }
        JsonNode replicas = Json.at(config, "spec", "replicas");
        ObjectNode intent = Json.object();
        intent.set("apiVersion", parent.path("apiVersion"));
        intent.set("kind", parent.path("kind"));
        if (!replicas.isMissingNode()) {
            intent.putObject("spec").set("replicas", replicas);
        }
        withReplicas(target, parent, replicas);
        ObjectNode candidate = backend.ownership()
                .applied(
                        parent,
                        intent,
                        owner(call, target, Owner.APPLY),
                        call.query().flag("force"));
        return backend.store().replace(target.key(), candidate, "", call.dryRun());
    }

    private static ObjectNode withReplicas(Target target, ObjectNode parent, JsonNode replicas) {
        long count = replicas.asLong(0);
        if (count < 0) {
            throw StatusException.invalid(
                    "autoscaling",
                    KIND,
                    target.name(),
                    List.of(Cause.invalid(
                            "spec.replicas", Long.toString(count), "must be greater than or equal to 0")));
        }
        return Json.with(parent, Json.number(count), "spec", "replicas");
    }

    private static Owner owner(Call call, Target target, String operation) {
        return new Owner(call.fieldManager(), operation, target.kind().apiVersion(), "scale");
    }

    private ObjectNode parent(Target target) {
        ObjectNode parent = backend.store().get(target.key());
        if (parent == null) {
            throw StatusException.notFound(target.kind(), target.name());
        }
        return parent;
    }

    private static ObjectNode scale(ObjectNode parent) {
        ObjectNode scale = Json.object();
        scale.put("kind", KIND).put("apiVersion", API_VERSION);
        ObjectNode meta = scale.putObject("metadata");
        for (String name : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            meta.set(name, Json.at(parent, "metadata", name));
        }
        ObjectNode spec = scale.putObject("spec");
        long replicas = Json.number(parent, 0, "spec", "replicas");
        if (replicas != 0) {
            spec.put("replicas", replicas);
        }
        scale.putObject("status")
                .put("replicas", Json.number(parent, 0, "status", "replicas"))
                .put(
                        "selector",
                        LabelSelector.ofObject(Json.at(parent, "spec", "selector"))
                                .toString());
        return scale;
    }
}
