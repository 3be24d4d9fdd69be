package dev.shiplog.simulation;

import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseCreated;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.rollout.RolloutEvent;

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
        return event instanceof RolloutEvent.Assigned assigned
                ? "Assigned generation " + assigned.assignment().generation() + " revision "
                        + assigned.assignment().revision()
                        + (assigned.assignment().removing() ? ", to be removed" : "")
                        + ", " + assigned.assignment().directions() + ", " + assigned.layout()
                : event.toString();
    }

    static String of(ApplicationCommand command) {
        return command instanceof ApplicationCommand.Apply apply
                ? "Apply " + Rendering.images(apply.spec().objects()) + " to "
                        + apply.spec().clusters() + " by " + apply.spec().strategy()
                : command.toString();
    }
}
