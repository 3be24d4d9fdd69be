package dev.shiplog.views.status;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.StrategyWords;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Progress;
import dev.shiplog.views.history.Placement;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What people are told of a canary and of colours: which step, what it waits for, and what to type. */
record Sentences(Placement placement, Sides sides) {

    /** A command line that can be typed as it stands, wherever one is at home. */
    static String command(String verb, Placement placement, String... more) {
        var application = placement.place().application();
        return "shiplog " + verb + " " + application.name() + " -n " + application.namespace()
                + (more.length == 0 ? "" : " " + String.join(" ", more));
    }

    /** {@code paused at step 2 of 4 (pause: until promoted); shiplog rollout promote hello}. */
    String held(Target.Standing.Held held) {
        var strategy = placement.wanted().declared().course().strategy();
        int of = StrategyWords.steps(strategy);
        var ready = held.preview().map(colour -> ", " + ready(colour)).orElse("");
        var then = held.until()
                .map(until -> " until " + until.truncatedTo(ChronoUnit.SECONDS))
                .orElseGet(() -> "; " + command("rollout promote", placement));
        return "paused at step " + Math.min(held.step() + 1, of) + " of " + of + " ("
                + StrategyWords.stepName(strategy, held.step()) + ")" + ready + then;
    }

    private String ready(Role colour) {
        if (sides.seen().isEmpty()) {
            return colour.word() + " was ready";
        }
        int wanted = sides.wantedPods(colour);
        int available = Steps.available(sides.workload(colour));
        return available >= wanted
                ? colour.word() + " is ready"
                : available + " of " + wanted + " " + colour.word() + " pods available";
    }

    /** Where the rollout is, before what it waits for there; empty where there are no steps. */
    String where() {
        if (placement.wanted().aborting()) {
            return "going back to " + good() + ": ";
        }
        return Steps.step(placement)
                .map(step -> Steps.words(step) + counts() + ": ")
                .orElse("");
    }

    /** Where the Services by which users come don't agree on the canary's share; one number says it of the first only. */
    String shares() {
        var shares = Steps.shares(sides);
        boolean byPods = sides.hasCanary()
                && placement.position().layout().traffic().weight().isEmpty();
        return byPods && new HashSet<>(shares.values()).size() > 1
                ? shares.entrySet().stream()
                        .map(share -> share.getValue() + "% behind Service " + share.getKey())
                        .collect(Collectors.joining(", ", "; of the ready pods the canary's are ", ""))
                : "";
    }

    /** {@code  in step 2 of 4 (setWeight: 50)}. */
    String stepWhilePaused() {
        return Steps.step(placement).map(step -> " in " + Steps.words(step)).orElse("");
    }

    private String counts() {
        if (sides.hasCanary()) {
            int wanted = sides.wantedPods(Role.CANARY);
            if (wanted == 0) {
                return sides.workload(Role.CANARY)
                        .map(Observation.Workload::current)
                        .filter(left -> left > 0)
                        .map(left -> ", " + left + " canary " + (left == 1 ? "pod" : "pods") + " still to go")
                        .orElse("");
            }
            return ", " + Steps.available(sides.workload(Role.CANARY)) + " of " + wanted + " canary "
                    + (wanted == 1 ? "pod" : "pods") + " available";
        }
        return sides.preview()
                .map(colour -> ", " + Steps.available(sides.workload(colour)) + " of " + sides.wantedPods(colour) + " "
                        + colour.word() + " pods available")
                .orElse("");
    }

    /** What a failure leaves users with, and how to get rid of it; empty where there is nothing to go back to. */
    String afterFailure() {
        boolean hasOtherGood = placement
                .good()
                .filter(good -> good.revision() != placement.wanted().revision())
                .isPresent();
        boolean isConflict = placement.standing() instanceof Target.Standing.Failed failed
                && failed.trouble().kind() == Trouble.Kind.CONFLICT;
        var drift = Drift.of(placement, sides);
        if (drift.isPresent()) {
            // The conflict is about the same Service, and says who has set what.
            return (isConflict ? "; " : "; " + drift.get().fact() + "; ")
                    + drift.get().afterFailure(hasOtherGood);
        }
        if (!hasOtherGood || placement.wanted().aborting()) {
            return isConflict ? "; " + retry() : "";
        }
        var end = isConflict ? " and goes back to " + good() + ", " + retry() : "";
        var abort = "; " + command("rollout abort", placement, isConflict ? new String[] {Drift.FORCE} : new String[0]);
        if (sides.hasCanary()) {
            return "; " + serves() + abort + " takes the canary away" + end;
        }
        return sides.preview()
                .map(colour -> "; users stay on " + good() + abort + " takes " + colour.word() + " away" + end)
                .or(() -> sides.meant()
                        .map(ignored -> "; users stay on " + good() + abort + " goes back for good"
                                + (isConflict ? ", " + retry() : "")))
                .orElse(isConflict ? "; " + retry() : "");
    }

    /** In spite of what others have set: goes on, or goes on going back. */
    private String retry() {
        return placement.wanted().aborting()
                ? command("rollout abort", placement, Drift.FORCE) + " goes back in spite of it"
                : command("rollout retry", placement, Drift.FORCE) + " goes on in spite of it";
    }

    /** What runs beside the canary is what the cluster shows; somebody else may have changed it. */
    private String serves() {
        var stable = sides.workload(Role.PLAIN);
        if (sides.seen().isPresent() && stable.isEmpty()) {
            return "it is not known what serves beside the canary";
        }
        var meant = placement.good().map(good -> good.front().imageNames()).orElse(List.of());
        return stable.map(Observation.Workload::images)
                .filter(images -> !meant.isEmpty() && !images.equals(meant))
                .map(images -> "deployment \"" + Role.PLAIN.nameOf(course().workload()) + "\" runs "
                        + Changed.images(images) + ", which " + good() + " has not, beside the canary")
                .orElseGet(() -> good() + " serves beside the canary");
    }

    private Placement.Course course() {
        return placement.wanted().declared().course();
    }

    /** Pods that should have been there, or Services that point elsewhere, are told behind it. */
    String aborted() {
        var revision = "revision " + placement.wanted().revision()
                + (placement.wanted().failed() ? " failed and" : "") + " was aborted";
        return new Users(placement, sides)
                .strays()
                .map(strays -> revision + ", but " + strays)
                .orElse(revision + "; " + good() + " serves");
    }

    private String good() {
        return placement.good().map(good -> "revision " + good.revision()).orElse("the release before it");
    }

    /** What there is to know of the last writing, as long as the rollout is on its way. */
    String warning() {
        var warning = placement.carried().warning();
        return warning.isEmpty() ? "" : " (warning: " + warning + ")";
    }

    private boolean goesTo(Observation.Service service, Role colour) {
        var own = colour.nameOf(placement.wanted().declared().course().workload());
        return service.ready().keySet().equals(Set.of(own));
    }

    /** What is on its way is not rolled out, though all of it stands. */
    String allThere(Progress.Done done) {
        return where().isEmpty() ? done.message() : "all pods are there";
    }

    /** Where all pods are there, what may still be missing is that requests come to them, and to no others. */
    Optional<String> awaitedEndpoints() {
        return placement.wanted().declared().course().strategy() instanceof Strategy.BlueGreen
                ? sides.meant()
                        .filter(colour -> sides.activeServices().stream().anyMatch(service -> !goesTo(service, colour)))
                        .filter(colour -> sides.layout()
                                .side(colour)
                                .filter(side -> side.content() != Content.OTHER)
                                .isPresent())
                        .map(colour -> "waiting for the Services to send all requests to " + colour.word())
                : Optional.empty();
    }
}
