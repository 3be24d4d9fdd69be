package dev.shiplog.views;

import static dev.shiplog.views.OnSeoul.DONE;
import static dev.shiplog.views.OnSeoul.HELD;
import static dev.shiplog.views.OnSeoul.MARK;
import static dev.shiplog.views.OnSeoul.OWED;
import static dev.shiplog.views.OnSeoul.service;
import static dev.shiplog.views.Sightings.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Observation.Workload;
import dev.shiplog.protocol.view.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Users of an application come to another one's pods, or have lost their Service to it. */
final class StrangersPodsTest {

    private static final List<Workload> HELLO = List.of(workload("hello", MARK, 2, 3));
    private static final List<Workload> BONJOUR = List.of(workload("bonjour", MARK, 1, 2));
    private static final Observation.Service SHARED = service(Map.of("hello", 3, "bonjour", 2));

    @Test
    void podsOfAnotherApplicationBehindTheServiceAreDegraded() {
        var shown = OnSeoul.alone(Strategy.AS_WRITTEN, DONE)
                .seenFor(Duration.ZERO)
                .shownBeside("default/bonjour", BONJOUR, HELLO, List.of(SHARED));

        assertThat(shown.phase()).isEqualTo(Phase.Degraded);
        assertThat(shown.message())
                .isEqualTo(
                        "2 of the 5 pods behind Service hello, which selects app=hello, are of deployment \"bonjour\" of"
                                + " the application default/bonjour: users of hello get those too; have the Service select a label"
                                + " that only the pods of hello have, or take app=hello from the pods of \"bonjour\"");
    }

    /** The pods of a Deployment that was deleted are behind the Service for a moment. */
    @Test
    void podsThatNobodyHasReleasedAreDegradedWhenTheyStay() {
        var hello = OnSeoul.alone(Strategy.AS_WRITTEN, DONE);

        assertThat(hello.seenFor(Duration.ofSeconds(3)).shown(HELLO, SHARED).phase())
                .isEqualTo(Phase.Healthy);
        assertThat(hello.shown(HELLO, SHARED).phase()).isEqualTo(Phase.Degraded);
        assertThat(hello.shown(HELLO, SHARED).message())
                .startsWith(
                        "2 of the 5 pods behind Service hello, which selects app=hello, are of deployment \"bonjour\","
                                + " which is not Shiplog's: users of hello get those too; ");
    }

    @Test
    void theyAreToldWhileACanaryWaitsAndGoesOn() {
        var beside = List.of(workload("hello", MARK, 1, 3), workload("hello-canary", MARK, 2, 1));
        var shared = List.of(service(Map.of("hello", 3, "hello-canary", 1, "bonjour", 1)));

        var waits = OnSeoul.canary(HELD).shownBeside("default/bonjour", BONJOUR, beside, shared);
        var goesOn = OnSeoul.canary(OWED).shownBeside("default/bonjour", BONJOUR, beside, shared);

        assertThat(waits.phase()).isEqualTo(Phase.Degraded);
        assertThat(waits.message()).startsWith("1 of the 5 pods behind Service hello, which selects app=hello, is of ");
        assertThat(goesOn.phase()).isEqualTo(Phase.Progressing);
        assertThat(goesOn.message()).contains("; 1 of the 5 pods behind Service hello");
    }

    @Test
    void whatIsOnesOwnIsNoStranger() {
        var own = List.of(workload("hello", MARK, 2, 3), workload("bonjour", MARK, 2, 2));

        assertThat(OnSeoul.alone(Strategy.AS_WRITTEN, DONE).shown(own, SHARED).phase())
                .isEqualTo(Phase.Healthy);
    }

    @Test
    void whoHasTakenTheServiceIsNamed() {
        var shown = OnSeoul.alone(Strategy.AS_WRITTEN, DONE)
                .shownBeside("default/bonjour", BONJOUR, HELLO, List.of(), service(Map.of("bonjour", 2)));

        assertThat(shown.phase()).isEqualTo(Phase.Degraded);
        assertThat(shown.message())
                .isEqualTo(
                        "Service hello, by which users come, belongs to the application default/bonjour now, which has"
                                + " taken it: users get what that one says; release hello with a Service of another name, or take"
                                + " it back: shiplog apply -f FILE --force-conflicts");
    }
}
