package dev.shiplog.protocol;

import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.protocol.v1.EventProto;

/** What an application asks of one cluster. */
final class Assignments {

    private Assignments() {}

    static Assignment fromProto(EventProto.Assignment message, String path) {
        return new Assignment(
                Names.application(message.getApplication(), path + ".application"),
                message.getCluster(),
                message.getGeneration(),
                message.getRevision(),
                KubernetesObjects.fromProto(message.getObjectsList(), path + ".objects"),
                message.hasStrategy()
                        ? Strategies.fromProto(message.getStrategy(), path + ".strategy")
                        : Strategy.AS_WRITTEN,
                new Directions(
                        message.getDirections().getPromotedThrough(),
                        message.getDirections().getStraight(),
                        message.getDirections().getAborting()),
                message.getPaused(),
                message.getRemoving(),
                message.getForceConflicts(),
                message.getCorrelation());
    }

    static EventProto.Assignment toProto(Assignment assignment) {
        var message = EventProto.Assignment.newBuilder()
                .setApplication(assignment.application().toString())
                .setCluster(assignment.cluster())
                .setGeneration(assignment.generation())
                .setRevision(assignment.revision())
                .addAllObjects(assignment.objects().stream()
                        .map(object -> KubernetesObjects.toProto(object, ObjectForm.EXACT))
                        .toList())
                .setPaused(assignment.paused())
                .setRemoving(assignment.removing())
                .setForceConflicts(assignment.forceConflicts())
                .setCorrelation(assignment.correlation());
        if (!assignment.strategy().equals(Strategy.AS_WRITTEN)) {
            message.setStrategy(Strategies.toProto(assignment.strategy()));
        }
        var directions = assignment.directions();
        if (!directions.equals(Directions.NONE)) {
            message.getDirectionsBuilder()
                    .setPromotedThrough(directions.promotedThrough())
                    .setStraight(directions.straight())
                    .setAborting(directions.aborting());
        }
        return message.build();
    }
}
