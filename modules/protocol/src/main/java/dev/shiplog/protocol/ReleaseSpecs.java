package dev.shiplog.protocol;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.json.JsonText;
import dev.shiplog.domain.release.ClusterOverride;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.protocol.v1.ReleaseProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a release declares. */
public final class ReleaseSpecs {

    private ReleaseSpecs() {}

    /** The JSON form: objects and patches as JSON, a Secret's values as they were sealed. */
    public static String toJson(ReleaseSpec spec) {
        return Messages.toJson(toProto(spec, ObjectForm.NATURAL));
    }

    /** @throws IllegalArgumentException with the path of the field that is wrong */
    public static ReleaseSpec fromJson(String text) {
        var message = ReleaseProto.ReleaseSpec.newBuilder();
        Messages.mergeJson(text, message);
        return fromProto(message.build(), "");
    }

    static ReleaseSpec fromProto(ReleaseProto.ReleaseSpec message, String path) {
        var overrides = new ArrayList<ClusterOverride>();
        for (var override : message.getOverridesList()) {
            overrides.add(override(override, Paths.item(Paths.member(path, "overrides"), overrides.size())));
        }
        return new ReleaseSpec(
                KubernetesObjects.fromProto(message.getObjectsList(), Paths.member(path, "objects")),
                Selections.fromProto(message.getClusters(), Paths.member(path, "clusters")),
                message.hasStrategy()
                        ? Strategies.fromProto(message.getStrategy(), Paths.member(path, "strategy"))
                        : Strategy.AS_WRITTEN,
                overrides,
                message.getForceConflicts(),
                message.getRestartedAt().isEmpty() ? Optional.empty() : Optional.of(message.getRestartedAt()));
    }

    private static ClusterOverride override(ReleaseProto.Override message, String path) {
        return new ClusterOverride(
                Selections.fromProto(message.getClusters(), path + ".clusters"),
                message.hasReplicas() ? Optional.of(message.getReplicas()) : Optional.empty(),
                message.getImagesMap(),
                message.hasStrategy()
                        ? Optional.of(Strategies.fromProto(message.getStrategy(), path + ".strategy"))
                        : Optional.empty(),
                patches(message, path));
    }

    private static List<Json.Obj> patches(ReleaseProto.Override message, String path) {
        if (message.getPatchesCount() > 0 && message.getPatchesJsonCount() > 0) {
            throw FieldProblem.invalid(path + ".patches", "give either patches or patchesJson, they have no order");
        }
        var patches = new ArrayList<>(JsonValues.objects(message.getPatchesList(), path + ".patches"));
        for (var text : message.getPatchesJsonList()) {
            patches.add(JsonValues.parseObject(text, Paths.item(path + ".patchesJson", patches.size())));
        }
        return patches;
    }

    static ReleaseProto.ReleaseSpec toProto(ReleaseSpec spec, ObjectForm form) {
        var message = ReleaseProto.ReleaseSpec.newBuilder()
                .addAllObjects(spec.objects().stream()
                        .map(object -> KubernetesObjects.toProto(object, form))
                        .toList())
                .setStrategy(Strategies.toProto(spec.strategy()))
                .addAllOverrides(spec.overrides().stream()
                        .map(override -> toProto(override, form))
                        .toList())
                .setForceConflicts(spec.forceConflicts());
        if (!spec.clusters().isAll()) {
            message.setClusters(Selections.toProto(spec.clusters()));
        }
        spec.restartedAt().ifPresent(message::setRestartedAt);
        return message.build();
    }

    private static ReleaseProto.Override toProto(ClusterOverride override, ObjectForm form) {
        var message = ReleaseProto.Override.newBuilder()
                .setClusters(Selections.toProto(override.clusters()))
                .putAllImages(new TreeMap<>(override.images()));
        override.replicas().ifPresent(message::setReplicas);
        override.strategy().map(Strategies::toProto).ifPresent(message::setStrategy);
        if (form == ObjectForm.NATURAL && override.patches().stream().allMatch(JsonValues::fitsStruct)) {
            override.patches().forEach(patch -> message.addPatches(JsonValues.toStruct(patch)));
        } else {
            override.patches().forEach(patch -> message.addPatchesJson(JsonText.of(patch)));
        }
        return message.build();
    }
}
