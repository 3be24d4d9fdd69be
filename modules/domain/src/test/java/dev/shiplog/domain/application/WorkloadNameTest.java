package dev.shiplog.domain.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Canaries;
import dev.shiplog.domain.Rejection.InvalidRelease;
import dev.shiplog.domain.Samples;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import org.junit.jupiter.api.Test;

/** The pods of a canary have to be told from the others by their names, which Kubernetes cuts. */
class WorkloadNameTest {

    private static final Strategy CANARY = Canaries.of(new Strategy.CanaryStep.SetWeight(25));

    @Test
    void aNameThatLeavesNoRoomForItsSidesIsRefused() {
        var name = "h".repeat(54);
        assertThat(ReleaseChecks.problem(new ApplicationName("default", "hello"), spec(name, CANARY)))
                .contains(new InvalidRelease(
                        "spec.strategy.canary",
                        "the name of Deployment \"" + name
                                + "\" has 54 characters, and only up to 53 can the pods of several Deployments be told "
                                + "apart; use rolling, or a shorter name"));
    }

    @Test
    void anyOtherIsTaken() {
        assertThat(ReleaseChecks.problem(new ApplicationName("default", "hello"), spec("h".repeat(53), CANARY)))
                .isEmpty();
        assertThat(ReleaseChecks.problem(
                        new ApplicationName("default", "hello"), spec("h".repeat(63), Strategy.AS_WRITTEN)))
                .isEmpty();
    }

    @Test
    void aLabelByWhichThePodsOfSidesAreToldApartIsRefused() {
        var labelled = Samples.spec(Samples.labelled(Samples.deployment("hello", "hello:1.0.0", 3), "track", "canary"));
        assertThat(ReleaseChecks.problem(
                        new ApplicationName("default", "hello"), Samples.withStrategy(labelled, CANARY)))
                .contains(new InvalidRelease(
                        "spec.strategy.canary",
                        "the pods of Deployment \"hello\" carry the label track: canary, by which Shiplog tells its own"
                                + " pods apart; take it out of the template and of the selector"));
    }

    private static ReleaseSpec spec(String name, Strategy strategy) {
        return Samples.withStrategy(Samples.spec(Samples.deployment(name, "hello:1.0.0", 3)), strategy);
    }
}
