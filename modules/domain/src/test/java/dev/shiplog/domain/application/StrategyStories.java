package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.HELLO;
import static dev.shiplog.domain.Samples.spec;
import static dev.shiplog.domain.Samples.withStrategy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Rejection;
import dev.shiplog.domain.Rejection.InvalidRelease;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import java.util.Optional;

/** What is said of a release with a strategy; where no objects are given, of hello with its Service. */
final class StrategyStories {

    static final CanaryStep HALF = new CanaryStep.SetWeight(50);

    private StrategyStories() {}

    static void refused(Strategy strategy, String path, String sentence, KubernetesObject... objects) {
        assertThat(problem(strategy, objects)).contains(new InvalidRelease(path, sentence));
    }

    static void accepted(Strategy strategy, KubernetesObject... objects) {
        assertThat(problem(strategy, objects)).isEmpty();
    }

    private static Optional<Rejection> problem(Strategy strategy, KubernetesObject... objects) {
        var release = objects.length > 0 ? spec(objects) : ApplicationStories.served("hello:1.0.0");
        return ReleaseChecks.problem(HELLO, withStrategy(release, strategy));
    }
}
