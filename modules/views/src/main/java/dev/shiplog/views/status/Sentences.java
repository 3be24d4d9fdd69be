package dev.shiplog.views.status;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.StrategyWords;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.views.history.Placement;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What people are told of a canary and of colours: which step, what it waits for, and what to type. */
record Sentences(Placement placement, Sides sides) {

    private static final String DEFAULT_NAMESPACE = "default";

    /** A command line that can be typed as it stands. */
    static String command(String verb, Placement placement, String... more) {
        var application = placement.place().application();
        return "shiplog " + verb + " " + application.name()
                + (application.namespace().equals(DEFAULT_NAMESPACE) ? "" : " -n " + application.namespace())
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
        var drift = Drift.of(placement, sides);
        if (drift.isPresent()) {
            return "; " + drift.get().afterFailure(hasOtherGood);
        }
        if (!hasOtherGood) {
            return "";
        }
        boolean isConflict = placement.standing() instanceof Target.Standing.Failed failed
                && failed.trouble().kind() == Trouble.Kind.CONFLICT;
        var abort = "; " + command("rollout abort", placement, isConflict ? new String[] {Drift.FORCE} : new String[0]);
        if (sides.hasCanary()) {
            return "; " + good() + " serves beside the canary" + abort + " takes the canary away";
        }
        return sides.preview()
                .map(colour -> "; users stay on " + good() + abort + " takes " + colour.word() + " away")
                .or(() -> sides.meant().map(ignored -> "; users stay on " + good() + abort + " goes back for good"))
                .orElse("");
    }

    /** Pods that should have been there, or Services that point elsewhere, are told behind it. */
    String aborted() {
        var revision = "revision " + placement.wanted().revision() + " was aborted";
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
