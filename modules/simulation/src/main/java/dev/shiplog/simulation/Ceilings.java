package dev.shiplog.simulation;

import dev.shiplog.domain.release.Amount;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.BlueGreen;
import dev.shiplog.domain.release.Strategy.Canary;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.simulation.InForce.Asked;
import java.time.Duration;
import java.util.Optional;

/**
 * How many pods an application may have on a cluster, ready or not, in all its Deployments: by the words of its strategies
 * alone, whatever the rules make of them. While one assignment takes the place of another, the greater number of both
 * counts, and what was there when it was asked for may stay. Who takes over from a canary or from colours may come up whole
 * beside them.
 */
final class Ceilings {

    private static final Amount DEFAULT_SURGE = Amount.percent(25);

    private final InForce inForce;

    Ceilings(InForce inForce) {
        this.inForce = inForce;
    }

    int of(String place, long nowMillis) {
        int most = 0;
        int wantedBefore = 0;
        int canaryBefore = 0;
        boolean coloured = false;
        for (var asked : inForce.at(place, nowMillis)) {
            int present = Math.max(wantedBefore, asked.podsBefore());
            int wanted = said(asked.assignment())
                    .orElse(Math.max(
                            Math.max(1, present),
                            asked.good().flatMap(Ceilings::said).orElse(0)));
            most = Math.max(most, ceiling(asked, present, wanted) + canaryBefore);
            if (asked.takesOver() || coloured) {
                most = Math.max(most, present + 2 * wanted + surge(asked, Math.max(present, wanted)));
            }
            wantedBefore = Math.max(wantedBefore, wanted);
            // One that was on its way may come yet.
            canaryBefore = Math.max(canaryBefore, canary(asked.assignment().strategy(), wanted));
            coloured |= asked.assignment().strategy() instanceof BlueGreen;
        }
        return most;
    }

    /** The number of pods; none where there is nothing to run. */
    private static Optional<Integer> said(Assignment assignment) {
        var workload = Rendering.mainWorkload(assignment.application().name(), assignment.objects());
        return workload.isEmpty()
                ? Optional.of(0)
                : workload.flatMap(object -> object.json().object("spec").number("replicas"));
    }

    private static int ceiling(Asked asked, int present, int wanted) {
        int most = Math.max(present, wanted);
        return switch (asked.assignment().strategy()) {
            case Strategy.Rolling ignored -> most + surge(asked, most);
            case Strategy.Recreate ignored ->
                most + asked.good().map(good -> surge(good.strategy(), most)).orElse(0);
            case Canary canary ->
                // When it is promoted the stable pods are replaced in place, with a surge of their own.
                Math.max(present, wanted + canary(canary, wanted)) + surge(asked, most);
            // Where there were no colours yet, the pods there were come once more as one.
            case BlueGreen colours ->
                present + wanted + Math.max(wanted, colours.previewReplicas().orElse(0)) + surge(asked, most);
        };
    }

    /** That of the release, or of the one whose pods are brought back in place. */
    private static int surge(Asked asked, int pods) {
        return Math.max(
                surge(asked.assignment().strategy(), pods),
                asked.good().map(good -> surge(good.strategy(), pods)).orElse(0));
    }

    /** How many pods there may be above the replicas: by the surge, or by the user's own word. */
    private static int canary(Strategy strategy, int wanted) {
        return strategy instanceof Canary canary ? Math.max(surge(canary, wanted), beside(canary, wanted)) : 0;
    }

    private static int beside(Canary canary, int wanted) {
        int scale = canary.steps().stream()
                .mapToInt(step -> step instanceof CanaryStep.SetCanaryScale set ? set.replicas() : 0)
                .max()
                .orElse(0);
        boolean isKept = canary.scaleDownDelay().filter(Duration::isPositive).isPresent();
        return isKept ? wanted : Math.min(scale, wanted);
    }

    private static int surge(Strategy strategy, int pods) {
        return switch (strategy) {
            case Strategy.Rolling rolling -> surge(rolling.maxSurge(), pods);
            case Canary canary -> surge(canary.maxSurge(), pods);
            case Strategy.Recreate ignored -> 0;
            case BlueGreen colours ->
                Math.max(
                        surge(Optional.empty(), pods), colours.previewReplicas().orElse(0));
        };
    }

    private static int surge(Optional<Amount> maxSurge, int pods) {
        var amount = maxSurge.orElse(DEFAULT_SURGE);
        return amount.percent() ? (amount.value() * pods + 99) / 100 : amount.value();
    }
}
