package dev.shiplog.protocol;

import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationCommand.Abort;
import dev.shiplog.domain.application.ApplicationCommand.Apply;
import dev.shiplog.domain.application.ApplicationCommand.Delete;
import dev.shiplog.domain.application.ApplicationCommand.Destination;
import dev.shiplog.domain.application.ApplicationCommand.Pause;
import dev.shiplog.domain.application.ApplicationCommand.Promote;
import dev.shiplog.domain.application.ApplicationCommand.Report;
import dev.shiplog.domain.application.ApplicationCommand.Restart;
import dev.shiplog.domain.application.ApplicationCommand.Resume;
import dev.shiplog.domain.application.ApplicationCommand.Retry;
import dev.shiplog.domain.application.ApplicationCommand.Scale;
import dev.shiplog.domain.application.ApplicationCommand.SetImage;
import dev.shiplog.domain.application.ApplicationCommand.Switch;
import dev.shiplog.domain.application.ApplicationCommand.Undo;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.protocol.v1.CommandProto;
import dev.shiplog.protocol.v1.ReleaseProto;
import java.util.TreeMap;

/** What a command asks for. */
final class Actions {

    private Actions() {}

    static ApplicationCommand fromProto(CommandProto.Command message) {
        return switch (message.getActionCase()) {
            case APPLY -> apply(message.getApply());
            case SCALE -> scale(message.getScale());
            case SET_IMAGE -> setImage(message.getSetImage());
            case PAUSE -> new Pause(clusters(message.getPause().getClusters(), "pause"));
            case RESUME -> new Resume(clusters(message.getResume().getClusters(), "resume"));
            case UNDO -> undo(message.getUndo());
            case RESTART -> new Restart(clusters(message.getRestart().getClusters(), "restart"));
            case DELETE -> new Delete(clusters(message.getDelete().getClusters(), "delete"));
            case PROMOTE ->
                new Promote(
                        clusters(message.getPromote().getClusters(), "promote"),
                        message.getPromote().getFull());
            case ABORT ->
                new Abort(
                        clusters(message.getAbort().getClusters(), "abort"),
                        message.getAbort().getForceConflicts());
            case RETRY ->
                new Retry(
                        clusters(message.getRetry().getClusters(), "retry"),
                        message.getRetry().getForceConflicts());
            case SWITCH -> switchTo(message.getSwitch());
            case ACTION_NOT_SET ->
                throw FieldProblem.missing(
                        "action",
                        "one of apply, scale, setImage, pause, resume, undo, restart, delete, promote, abort, retry and"
                                + " switch is needed");
        };
    }

    private static Apply apply(CommandProto.Apply message) {
        if (!message.hasSpec()) {
            throw FieldProblem.missing("apply.spec", "what to release is needed");
        }
        return new Apply(ReleaseSpecs.fromProto(message.getSpec(), "apply.spec"), message.getCause());
    }

    private static Scale scale(CommandProto.Scale message) {
        if (!message.hasReplicas()) {
            throw FieldProblem.missing("scale.replicas", "the number of pods is needed; 0 must be said");
        }
        return new Scale(clusters(message.getClusters(), "scale"), message.getReplicas());
    }

    private static SetImage setImage(CommandProto.SetImage message) {
        if (message.getImagesCount() == 0) {
            throw FieldProblem.missing(
                    "setImage.images", "an image by container name is needed, e.g. {\"hello\": \"hello:2.0.0\"}");
        }
        message.getImagesMap().forEach((container, image) -> {
            if (image.isBlank()) {
                throw FieldProblem.missing(Paths.member("setImage.images", container), "the image is empty");
            }
        });
        return new SetImage(clusters(message.getClusters(), "setImage"), message.getImagesMap());
    }

    private static Switch switchTo(CommandProto.Switch message) {
        var colour = Role.ofWord(message.getTo())
                .filter(Role::isColour)
                .orElseThrow(() ->
                        FieldProblem.invalid("switch.to", "\"" + message.getTo() + "\" is none of blue and green"));
        return new Switch(clusters(message.getClusters(), "switch"), colour, message.getForceConflicts());
    }

    private static Undo undo(CommandProto.Undo message) {
        var to = switch (message.getToCase()) {
            case REVISION -> new Destination.Revision(message.getRevision());
            case MOMENT -> new Destination.Moment(Times.fromProto(message.getMoment(), "undo.moment"));
            case TO_NOT_SET -> new Destination.Previous();
        };
        return new Undo(clusters(message.getClusters(), "undo"), to, message.getWithScale());
    }

    private static ClusterSelection clusters(ReleaseProto.ClusterSelection message, String action) {
        return Selections.fromProto(message, action + ".clusters");
    }

    static void set(CommandProto.Command.Builder message, ApplicationCommand command, ObjectForm form) {
        switch (command) {
            case Apply apply ->
                message.getApplyBuilder()
                        .setSpec(ReleaseSpecs.toProto(apply.spec(), form))
                        .setCause(apply.cause());
            case Scale scale ->
                message.getScaleBuilder()
                        .setClusters(Selections.toProto(scale.clusters()))
                        .setReplicas(scale.replicas());
            case SetImage set ->
                message.getSetImageBuilder()
                        .setClusters(Selections.toProto(set.clusters()))
                        .putAllImages(new TreeMap<>(set.images()));
            case Pause pause -> message.getPauseBuilder().setClusters(Selections.toProto(pause.clusters()));
            case Resume resume -> message.getResumeBuilder().setClusters(Selections.toProto(resume.clusters()));
            case Undo undo -> {
                var built = message.getUndoBuilder()
                        .setClusters(Selections.toProto(undo.clusters()))
                        .setWithScale(undo.withScale());
                switch (undo.to()) {
                    case Destination.Previous ignored -> {}
                    case Destination.Revision revision -> built.setRevision(revision.number());
                    case Destination.Moment moment -> built.setMoment(Times.toProto(moment.at()));
                }
            }
            case Restart restart -> message.getRestartBuilder().setClusters(Selections.toProto(restart.clusters()));
            case Delete delete -> message.getDeleteBuilder().setClusters(Selections.toProto(delete.clusters()));
            case Promote promote ->
                message.getPromoteBuilder()
                        .setClusters(Selections.toProto(promote.clusters()))
                        .setFull(promote.full());
            case Abort abort ->
                message.getAbortBuilder()
                        .setClusters(Selections.toProto(abort.clusters()))
                        .setForceConflicts(abort.forceConflicts());
            case Retry retry ->
                message.getRetryBuilder()
                        .setClusters(Selections.toProto(retry.clusters()))
                        .setForceConflicts(retry.forceConflicts());
            case Switch change ->
                message.getSwitchBuilder()
                        .setClusters(Selections.toProto(change.clusters()))
                        .setTo(change.to().word())
                        .setForceConflicts(change.forceConflicts());
            case Report report ->
                throw new IllegalArgumentException(
                        "a report comes from Shiplog itself and never travels as a message: " + report);
        }
    }
}
