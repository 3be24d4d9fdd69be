package dev.shiplog.views;

import static dev.shiplog.views.OnSeoul.DONE;
import static dev.shiplog.views.OnSeoul.HELD;
import static dev.shiplog.views.OnSeoul.MARK;
import static dev.shiplog.views.OnSeoul.OWED;
import static dev.shiplog.views.OnSeoul.service;
import static dev.shiplog.views.Sightings.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Observation.Workload;
import dev.shiplog.protocol.view.Phase;
import dev.shiplog.views.history.Placement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Users get nothing, or something else than is meant, while a release waits or goes on: its phase says so. */
final class UsersWithoutAnAnswerTest {

    private static final List<Workload> BESIDE =
            List.of(workload("hello", MARK, 1, 3), workload("hello-canary", MARK, 2, 1));
    private static final String GONE = "Service hello, by which users come, is not there any more";

    // ---- while it waits

    @Test
    void aCanaryThatWaitsWhileItsServiceIsGoneIsDegraded() {
        var shown = OnSeoul.canary(HELD).shown(BESIDE);

        assertThat(shown.phase()).isEqualTo(Phase.Degraded);
        assertThat(shown.message())
                .isEqualTo(GONE
                        + "; shiplog rollout pause hello -n default and then shiplog rollout resume hello -n default write it again, and move no step; paused at step 2 of 4 (pause: until"
                        + " promoted); shiplog rollout promote hello -n default");
        assertThat(shown.standing()).isEqualTo("Held");
    }

    @Test
    void aCanaryThatWaitsWhileItsServiceSelectsNobodyIsDegraded() {
        var shown = OnSeoul.canary(HELD).shown(BESIDE, service(Map.of("app", "nobody"), Map.of()));

        assertThat(shown.phase()).isEqualTo(Phase.Degraded);
        assertThat(shown.message()).startsWith("Service hello selects app=nobody, but Shiplog means app=hello: ");
    }

    @Test
    void aCanaryThatWaitsWhileNoPodIsBehindItsServiceIsDegraded() {
        var waits = OnSeoul.canary(HELD);

        var shown = waits.shown(BESIDE, service(Map.of()));

        assertThat(shown.phase()).isEqualTo(Phase.Degraded);
        assertThat(shown.message())
                .startsWith(
                        "no ready pod is behind Service hello, which selects app=hello: users get nothing; paused at"
                                + " step 2 of 4");
        assertThat(waits.seenFor(Duration.ofSeconds(3))
                        .shown(BESIDE, service(Map.of()))
                        .phase())
                .isEqualTo(Phase.Paused);
    }

    @Test
    void aColourThatWaitsToBeSwitchedToWhileUsersAreLedThereAlreadyIsDegraded() {
        var green = new Strategy.BlueGreen(
                Optional.empty(),
                Optional.empty(),
                new Strategy.AutoPromotion.Manual(),
                Optional.empty(),
                Strategy.CapacityCheck.ENFORCE,
                Optional.empty(),
                Optional.empty());
        var beside = OnSeoul.layout(Role.BLUE, Map.of(Role.BLUE, OnSeoul.good(3), Role.GREEN, OnSeoul.fresh(3)));
        var shown = OnSeoul.of(green, HELD, beside, 0)
                .shown(
                        List.of(workload("hello-blue", MARK, 1, 3), workload("hello-green", MARK, 2, 3)),
                        service(Map.of("app", "hello", Role.COLOUR, "green"), Map.of("hello-green", 3)));

        assertThat(shown.phase()).isEqualTo(Phase.Degraded);
        assertThat(shown.message()).startsWith("Service hello selects green, but Shiplog means blue: ");
    }

    @Test
    void whatSomebodyHasPausedWhileItsServiceIsGoneIsDegraded() {
        var paused = OnSeoul.canary(OWED)
                .wanting(wanted ->
                        new Placement.Wanted(wanted.revision(), wanted.scale(), wanted.declared(), true, false, false));

        assertThat(paused.shown(BESIDE).phase()).isEqualTo(Phase.Degraded);
        assertThat(paused.shown(BESIDE).message()).startsWith(GONE);
        assertThat(paused.shown(BESIDE, service(Map.of("hello", 3, "hello-canary", 1)))
                        .phase())
                .isEqualTo(Phase.Paused);
    }

    // ---- while it goes on

    @Test
    void aServiceThatIsGoneWhileTheRolloutGoesOnIsDegraded() {
        var comesUp = List.of(workload("hello", MARK, 1, 3), workload("hello-canary", MARK, 2, 1, 0));

        var shown = OnSeoul.canary(OWED).shown(comesUp);

        assertThat(shown.phase()).isEqualTo(Phase.Degraded);
        assertThat(shown.message()).startsWith(GONE + "; ").contains("; step 2 of 4 (pause: until promoted), 0 of 1");
    }

    @Test
    void aServiceThatIsAboutToBeWrittenIsNoReasonForAlarm() {
        var unwritten = OnSeoul.canary(OWED)
                .carried(carried -> new Placement.Carried(carried.standing(), false, Optional.empty(), ""));
        var justWritten = OnSeoul.canary(OWED).seenFor(Duration.ofSeconds(3));
        var first = OnSeoul.canary(OWED).good(Optional.<Placement.Good>empty());

        for (var each : List.of(unwritten, justWritten, first)) {
            assertThat(each.shown(BESIDE).phase()).isEqualTo(Phase.Progressing);
            assertThat(each.shown(BESIDE).message()).doesNotContain("not there any more");
        }
    }

    @Test
    void aServiceThatSomebodyLeadsToNobodyWhileTheRolloutGoesOnIsDegraded() {
        var shown = OnSeoul.canary(OWED).shown(BESIDE, service(Map.of("app", "nobody"), Map.of()));

        assertThat(shown.phase()).isEqualTo(Phase.Degraded);
        assertThat(shown.message()).startsWith("Service hello selects app=nobody, but Shiplog means app=hello: ");
    }

    /** The way of {@code recreate}, and of pods that come up one by one. */
    @Test
    void thatNoPodIsReadyYetWhileTheRolloutGoesOnIsToldBesideIt() {
        var shown = OnSeoul.alone(new Strategy.Recreate(Optional.empty()), OWED)
                .shown(List.of(workload("hello", MARK, 2, 3, 0)), service(Map.of()));

        assertThat(shown.phase()).isEqualTo(Phase.Progressing);
        assertThat(shown.message())
                .endsWith("; no ready pod is behind Service hello, which selects app=hello: users get nothing");
    }

    @Test
    void whatIsDoneAndHasItsUsersIsHealthy() {
        var done = OnSeoul.alone(new Strategy.Recreate(Optional.empty()), DONE);

        assertThat(done.shown(List.of(workload("hello", MARK, 2, 3)), service(Map.of("hello", 3)))
                        .phase())
                .isEqualTo(Phase.Healthy);
    }
}
