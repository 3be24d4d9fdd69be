package dev.shiplog.views;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.ClusterView;
import dev.shiplog.protocol.view.EventView;
import dev.shiplog.protocol.view.RevisionView;
import dev.shiplog.protocol.view.RolloutView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What can be asked. Every method may block on the database, and throws {@link ReadModelUnavailable} while that is away.
 *
 * <p>A page begins after {@code after}, which is empty for the first and else the {@code next} of the page before; one
 * that never was a {@code next} is an {@link IllegalArgumentException}.
 */
public interface ReadModel {

    /** Applications that there are, by name. */
    Page<AppView> applications(Filter filter, String after, int limit);

    Optional<AppView> application(ApplicationName application);

    /** Every revision there ever was, eldest first, also of an application that was deleted. */
    Page<RevisionView> history(ApplicationName application, String after, int limit);

    /** How an application that is no more came to its end; nothing of one that there is, or never was. */
    Optional<RevisionView.Deletion> deletion(ApplicationName application);

    Optional<Described> release(ApplicationName application, int revision);

    /** Revisions of all applications, or of those of a namespace, newest first. */
    Page<RevisionView> releases(Optional<String> namespace, String after, int limit);

    /** Applications on clusters, by application and cluster. */
    Page<RolloutView> rollouts(Optional<String> namespace, Optional<String> cluster, String after, int limit);

    /** The fleet, and clusters outside it that still have applications; by name. */
    List<ClusterView> clusters();

    Optional<ClusterView> cluster(String name);

    /** All events, eldest first; {@code next} is there even after the last one, to go on from. */
    Page<EventView> events(String after, int limit);

    /** The events of an application and of its rollouts, eldest first. */
    Page<EventView> events(ApplicationName application, String after, int limit);

    /** Where the events end now: an {@code after} with nothing behind it. */
    String end();

    /** The applications with something owed: what is to be woken after a start. */
    List<ApplicationName> unfinished();

    /** Waits until the effects of a command can be read; whether they can by now. */
    boolean awaitCommand(ApplicationName application, CommandId command, Duration atMost);
}
