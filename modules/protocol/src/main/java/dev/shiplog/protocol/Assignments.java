package dev.shiplog.protocol;

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
                message.getPaused(),
                message.getRemoving(),
                message.getForceConflicts(),
                message.getCorrelation());
    }

    static EventProto.Assignment toProto(Assignment assignment) {
        return EventProto.Assignment.newBuilder()
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
                .setCorrelation(assignment.correlation())
                .build();
    }
}
