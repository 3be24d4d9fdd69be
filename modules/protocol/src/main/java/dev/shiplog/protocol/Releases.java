package dev.shiplog.protocol;

import dev.shiplog.domain.release.Release;
import dev.shiplog.domain.release.Release.Origin;
import dev.shiplog.protocol.v1.EventProto;

/** Revisions of an application. */
final class Releases {

    private Releases() {}

    static Release fromProto(EventProto.Release message, String path) {
        return new Release(
                message.getRevision(),
                ReleaseSpecs.fromProto(message.getSpec(), path + ".spec"),
                message.getClustersList(),
                message.getCause(),
                origin(message, path));
    }

    private static Origin origin(EventProto.Release message, String path) {
        return switch (message.getOriginCase()) {
            case APPLIED -> new Origin.Applied();
            case IMAGE_SET -> new Origin.ImageSet();
            case RESTARTED -> new Origin.Restarted();
            case UNDONE -> new Origin.Undone(message.getUndone().getToRevision());
            case RETRIED -> new Origin.Retried(message.getRetried().getOfRevision());
            case ORIGIN_NOT_SET ->
                throw FieldProblem.missing(path + ".origin", "where the release came from is needed");
        };
    }

    static EventProto.Release toProto(Release release) {
        var message = EventProto.Release.newBuilder()
                .setRevision(release.revision())
                .setSpec(ReleaseSpecs.toProto(release.spec(), ObjectForm.EXACT))
                .addAllClusters(release.clusters())
                .setCause(release.cause());
        switch (release.origin()) {
            case Origin.Applied ignored -> message.getAppliedBuilder();
            case Origin.ImageSet ignored -> message.getImageSetBuilder();
            case Origin.Restarted ignored -> message.getRestartedBuilder();
            case Origin.Undone undone -> message.getUndoneBuilder().setToRevision(undone.toRevision());
            case Origin.Retried retried -> message.getRetriedBuilder().setOfRevision(retried.ofRevision());
        }
        return message.build();
    }
}
