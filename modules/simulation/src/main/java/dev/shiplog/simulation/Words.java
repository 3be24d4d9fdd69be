package dev.shiplog.simulation;

import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseCreated;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.rollout.RolloutEvent;
import java.util.List;
import java.util.Set;

/** Events in a line each, without the objects they carry. */
final class Words {

    private Words() {}

    static String of(ApplicationEvent event) {
        return event instanceof ReleaseCreated created
                ? "ReleaseCreated revision " + created.release().revision() + " generation " + created.generation()
                        + " on " + created.release().clusters() + ", "
                        + created.release().cause()
                : event.toString();
    }

    static String of(RolloutEvent event) {
        return switch (event) {
            case RolloutEvent.Assigned assigned ->
                "Assigned generation " + assigned.assignment().generation() + " revision "
                        + assigned.assignment().revision()
                        + (assigned.assignment().removing() ? ", to be removed" : "")
                        + ", " + assigned.assignment().directions() + ", " + assigned.layout();
            case RolloutEvent.Completed completed ->
                "Completed generation " + completed.generation() + " revision " + completed.revision()
                        + completed
                                .kept()
                                .map(kept -> ", kept until " + kept.until() + ": " + sorted(kept.objects()))
                                .orElse("");
            case RolloutEvent.Pruned pruned ->
                "Pruned generation " + pruned.generation() + ": " + sorted(pruned.objects());
            case RolloutEvent.Switched switched ->
                "Switched generation " + switched.generation() + " from " + switched.from() + " to " + switched.to();
            default -> event.toString();
        };
    }

    /** Sets have another order in each process, a story has not. */
    private static List<String> sorted(Set<ObjectKey> objects) {
        return objects.stream().map(ObjectKey::toString).sorted().toList();
    }

    static String of(ApplicationCommand command) {
        return command instanceof ApplicationCommand.Apply apply
                ? "Apply " + Rendering.images(apply.spec().objects()) + " to "
                        + apply.spec().clusters() + " by " + apply.spec().strategy()
                : command.toString();
    }
}
