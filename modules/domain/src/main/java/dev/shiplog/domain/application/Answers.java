package dev.shiplog.domain.application;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.application.ApplicationEvent.AbortRequested;
import dev.shiplog.domain.application.ApplicationEvent.ApplicationRemoved;
import dev.shiplog.domain.application.ApplicationEvent.CommandRefused;
import dev.shiplog.domain.application.ApplicationEvent.NothingChanged;
import dev.shiplog.domain.application.ApplicationEvent.Paused;
import dev.shiplog.domain.application.ApplicationEvent.Promoted;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseCreated;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseEnded;
import dev.shiplog.domain.application.ApplicationEvent.RemovalRequested;
import dev.shiplog.domain.application.ApplicationEvent.Resumed;
import dev.shiplog.domain.application.ApplicationEvent.RolloutAborted;
import dev.shiplog.domain.application.ApplicationEvent.RolloutCompleted;
import dev.shiplog.domain.application.ApplicationEvent.RolloutFailed;
import dev.shiplog.domain.application.ApplicationEvent.RolloutHeld;
import dev.shiplog.domain.application.ApplicationEvent.RolloutRemoved;
import dev.shiplog.domain.application.ApplicationEvent.RolloutSettled;
import dev.shiplog.domain.application.ApplicationEvent.Scaled;
import dev.shiplog.domain.application.ApplicationEvent.TakeoverRequested;
import java.util.List;

/** What a command is told of the event that it led to. */
final class Answers {

    private Answers() {}

    /** Whether the event is told of even if another one has spoken for the command: what came of it elsewhere. */
    static boolean isFurther(ApplicationEvent event) {
        return event instanceof ReleaseCreated || event instanceof AbortRequested || event instanceof NothingChanged;
    }

    /** What the command that led to the event is told; of several events the first one speaks, and each further one. */
    static Outcome of(ApplicationName application, ApplicationEvent event) {
        return switch (event) {
            case ReleaseCreated created ->
                new Outcome.Accepted(
                        created.release().revision(),
                        "revision " + created.release().revision() + " goes to "
                                + String.join(", ", created.release().clusters()),
                        List.of(new Outcome.Made(
                                created.release().revision(), created.release().clusters())));
            case Scaled scaled ->
                new Outcome.Accepted(
                        0, "scaled to " + scaled.replicas() + " on " + String.join(", ", scaled.clusters()));
            case Paused paused -> new Outcome.Accepted(0, "paused on " + String.join(", ", paused.clusters()));
            case Resumed resumed -> new Outcome.Accepted(0, "resumed on " + String.join(", ", resumed.clusters()));
            case RemovalRequested requested ->
                new Outcome.Accepted(0, "is being deleted from " + String.join(", ", requested.clusters()));
            case Promoted promoted ->
                new Outcome.Accepted(
                        0,
                        (promoted.full() ? "promoted in full on " : "promoted on ")
                                + String.join(", ", promoted.through().keySet()));
            case AbortRequested requested ->
                new Outcome.Accepted(
                        0,
                        "goes back to the last good release on " + String.join(", ", requested.clusters())
                                + (requested.completed().isEmpty()
                                        ? ""
                                        : "; it is completed on " + String.join(", ", requested.completed())
                                                + " and stays there until shiplog rollout undo " + application.name()
                                                + " -n " + application.namespace()));
            case TakeoverRequested requested ->
                new Outcome.Accepted(
                        0, "takes over what others have set on " + String.join(", ", requested.clusters()));
            case NothingChanged nothing -> new Outcome.Accepted(nothing.revision(), nothing.message());
            case CommandRefused refused -> new Outcome.Refused(refused.code(), refused.message());
            case RolloutCompleted ignored -> new Outcome.Accepted(0, "");
            case RolloutHeld ignored -> new Outcome.Accepted(0, "");
            case RolloutSettled ignored -> new Outcome.Accepted(0, "");
            case RolloutAborted ignored -> new Outcome.Accepted(0, "");
            case RolloutFailed ignored -> new Outcome.Accepted(0, "");
            case RolloutRemoved ignored -> new Outcome.Accepted(0, "");
            case ReleaseEnded ignored -> new Outcome.Accepted(0, "");
            case ApplicationRemoved ignored -> new Outcome.Accepted(0, "");
        };
    }
}
