package dev.shiplog.domain.application;

import dev.shiplog.domain.Decision;
import dev.shiplog.domain.application.ApplicationEvent.AbortRequested;
import dev.shiplog.domain.application.ApplicationEvent.Promoted;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseCreated;
import dev.shiplog.domain.application.ApplicationEvent.TakeoverRequested;
import dev.shiplog.domain.course.Role;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of {@code --force-conflicts}: what is asked for is asked, and where it is, what others have set gives way,
 * once. A later asking is refused again by what somebody else sets later.
 */
record Takeover(Application application) {

    Decision<ApplicationEvent> of(boolean forced, Decision<ApplicationEvent> decision) {
        return forced && decision instanceof Decision.Accepted<ApplicationEvent> accepted
                ? takingOver(accepted.events(), Set.of())
                : decision;
    }

    /** Where the colour serves by our own doing already, or is just about to, the Services are set back to it. */
    Decision<ApplicationEvent> switching(
            List<Target> targets, Role to, Steering steering, Decision<ApplicationEvent> decision) {
        var coming = targets.stream()
                .filter(target -> steering.isSwitchingTo(target, to))
                .toList();
        if (!(decision instanceof Decision.Accepted<ApplicationEvent> accepted)) {
            return coming.isEmpty() ? decision : takingOver(List.of(), Set.copyOf(Selected.names(coming)));
        }
        var events = new ArrayList<>(accepted.events());
        var there = targets.stream()
                .filter(target -> !target.paused())
                .filter(target -> target.active().filter(to::equals).isPresent())
                .toList();
        // Tried again, what has failed would lead on to the other colour.
        var failed = there.stream().filter(Steering::canAbortFailed).toList();
        var asked = clusters(events);
        var aborted = Selected.names(failed).stream()
                .filter(cluster -> !asked.contains(cluster))
                .toList();
        if (!aborted.isEmpty()) {
            events.add(new AbortRequested(aborted, application.generation() + 1));
        }
        var others = new LinkedHashSet<>(Selected.names(there));
        others.addAll(Selected.names(coming));
        return takingOver(events, others);
    }

    private Decision<ApplicationEvent> takingOver(List<ApplicationEvent> events, Set<String> others) {
        var clusters = clusters(events);
        clusters.addAll(new java.util.TreeSet<>(others));
        if (clusters.isEmpty()) {
            return new Decision.Accepted<>(events);
        }
        var all = new ArrayList<>(events);
        if (all.size() == 1) {
            // That nothing has to be done is no longer so.
            all.removeIf(ApplicationEvent.NothingChanged.class::isInstance);
        }
        int generation = application.generation() + (all.isEmpty() ? 1 : 2);
        all.add(new TakeoverRequested(List.copyOf(clusters), generation));
        return new Decision.Accepted<>(all);
    }

    private static Set<String> clusters(List<ApplicationEvent> events) {
        var clusters = new LinkedHashSet<String>();
        for (var event : events) {
            if (event instanceof ReleaseCreated created) {
                clusters.addAll(created.release().clusters());
            } else if (event instanceof Promoted promoted) {
                clusters.addAll(promoted.through().keySet());
            } else if (event instanceof AbortRequested requested) {
                clusters.addAll(requested.clusters());
            }
        }
        return clusters;
    }
}
