package dev.shiplog.domain.course;

import dev.shiplog.domain.release.Strategy;

/** How people call a strategy and its steps; the steps themselves are the {@link Course}'s. */
public final class StrategyWords {

    private StrategyWords() {}

    /** As it is written in a release: {@code blueGreen}. */
    public static String word(Strategy strategy) {
        return switch (strategy) {
            case Strategy.Rolling ignored -> "rolling";
            case Strategy.Recreate ignored -> "recreate";
            case Strategy.Canary ignored -> "canary";
            case Strategy.BlueGreen ignored -> "blueGreen";
        };
    }

    /** How many steps people see. */
    public static int steps(Strategy strategy) {
        return switch (strategy) {
            case Strategy.Rolling ignored -> 0;
            case Strategy.Recreate ignored -> 0;
            case Strategy.Canary canary -> canary.steps().size();
            case Strategy.BlueGreen ignored -> 2;
        };
    }

    /** A step as people write it: {@code setWeight: 25}, {@code pause: 5m}, {@code promotion}. */
    public static String stepName(Strategy strategy, int step) {
        return switch (strategy) {
            case Strategy.Rolling ignored -> "";
            case Strategy.Recreate ignored -> "";
            case Strategy.BlueGreen ignored -> step == ColourWay.PREVIEW ? "preview" : "switch";
            case Strategy.Canary canary ->
                step >= canary.steps().size()
                        ? "promotion"
                        : switch (canary.steps().get(step)) {
                            case Strategy.CanaryStep.SetWeight set -> "setWeight: " + set.weight();
                            case Strategy.CanaryStep.SetCanaryScale set -> "setCanaryScale: " + set.replicas();
                            case Strategy.CanaryStep.Pause pause ->
                                "pause: "
                                        + pause.duration().map(Durations::words).orElse("until promoted");
                        };
        };
    }
}
