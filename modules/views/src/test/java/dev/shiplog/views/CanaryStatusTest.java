package dev.shiplog.views;

import static dev.shiplog.views.Courses.CANARY;
import static dev.shiplog.views.Courses.OLD;
import static dev.shiplog.views.Courses.blueGreen;
import static dev.shiplog.views.Courses.canary;
import static dev.shiplog.views.Courses.canaryHeld;
import static dev.shiplog.views.Courses.canaryStrategy;
import static dev.shiplog.views.Courses.colour;
import static dev.shiplog.views.Courses.layout;
import static dev.shiplog.views.Courses.passed;
import static dev.shiplog.views.Courses.paused;
import static dev.shiplog.views.Courses.placement;
import static dev.shiplog.views.Courses.shown;
import static dev.shiplog.views.Courses.with;
import static dev.shiplog.views.OnSeoul.MARK;
import static dev.shiplog.views.OnSeoul.OWED;
import static dev.shiplog.views.OnSeoul.fresh;
import static dev.shiplog.views.OnSeoul.good;
import static dev.shiplog.views.OnSeoul.service;
import static dev.shiplog.views.Sightings.NOON;
import static dev.shiplog.views.Sightings.NO_IMAGE;
import static dev.shiplog.views.Sightings.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.Side;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Observation.Workload;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.Phase;
import dev.shiplog.views.history.Placement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people are told of a canary: its steps, its pauses, its share, and its end before it was promoted. */
final class CanaryStatusTest {

    @Test
    void aCanaryThatComesUpSaysItsStepAndItsPods() {
        var shown = shown(
                canary(OWED, CANARY, 0),
                List.of(workload("hello", MARK, 1, 3), workload("hello-canary", MARK, 2, 1, 0)),
                service(Map.of("app", "hello"), Map.of("hello", 3)));

        assertThat(shown.phase()).isEqualTo(Phase.Progressing);
        assertThat(shown.message())
                .isEqualTo("step 1 of 4 (setWeight: 25), 0 of 1 canary pod available: Waiting for deployment"
                        + " \"hello-canary\" rollout to finish: 0 of 1 updated replicas are available...");
        assertThat(shown.step()).isEqualTo(new AppView.Step(1, 4, "setWeight: 25"));
        assertThat(shown.weight()).isEqualTo(new AppView.Weight(25, 0, null));
        assertThat(shown.replicas()).isEqualTo(new AppView.Replicas(4, 4, 1, 3, 3));
        assertThat(shown.workloads()).extracting(AppView.Workload::role).containsExactly("stable", "canary");
    }

    @Test
    void aPauseSaysWhatToType() {
        var shown = canaryHeld(new Target.Standing.Held(1, Optional.empty(), Optional.empty()), false);

        assertThat(shown.phase()).isEqualTo(Phase.Paused);
        assertThat(shown.message())
                .isEqualTo("paused at step 2 of 4 (pause: until promoted); shiplog rollout promote hello -n default");
        assertThat(shown.standing()).isEqualTo("Held");
        assertThat(shown.weight()).isEqualTo(new AppView.Weight(25, 25, null));
    }

    @Test
    void aPauseThatEndsByItselfSaysWhen() {
        var shown = canaryHeld(
                new Target.Standing.Held(3, Optional.of(NOON.plus(Duration.ofMinutes(5))), Optional.empty()), false);

        assertThat(shown.message()).isEqualTo("paused at step 4 of 4 (pause: 5m) until 2026-01-01T12:05:00Z");
        assertThat(shown.heldUntil()).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
    }

    @Test
    void whereClientsStayOnTheirVersionTheShareIsOneOfClients() {
        var shown = canaryHeld(new Target.Standing.Held(1, Optional.empty(), Optional.empty()), true);

        assertThat(shown.weight()).isEqualTo(new AppView.Weight(25, 25, "clients"));
    }

    @Test
    void whileItRollsIntoStableTheNewPodsOfBothCount() {
        var layout = layout(Role.PLAIN, Role.PLAIN, fresh(3), Role.CANARY, fresh(1));
        var halfway = new Workload(
                "hello", MARK, 2, 1, 1, 3, 3, 2, 3, 3, false, List.of(), Optional.empty(), Optional.empty());
        var shown = shown(
                canary(OWED, layout, 4),
                List.of(halfway, workload("hello-canary", MARK, 2, 1)),
                service(Map.of("app", "hello"), Map.of("hello", 3, "hello-canary", 1)));

        assertThat(shown.step()).isEqualTo(new AppView.Step(4, 4, "promotion"));
        assertThat(shown.weight()).isEqualTo(new AppView.Weight(100, 75, null));
        assertThat(shown.message())
                .isEqualTo("promotion, 1 of 1 canary pod available: Waiting for deployment \"hello\" rollout to finish:"
                        + " 2 out of 3 new replicas have been updated...");
    }

    @Test
    void whatSomebodyHasPausedSaysInWhichStep() {
        var shown = shown(
                paused(canary(OWED, CANARY, 0)),
                List.of(workload("hello", MARK, 1, 3), workload("hello-canary", MARK, 2, 1)),
                service(Map.of("app", "hello"), Map.of("hello", 3, "hello-canary", 1)));

        assertThat(shown.phase()).isEqualTo(Phase.Paused);
        assertThat(shown.message())
                .isEqualTo("paused in step 1 of 4 (setWeight: 25): 1 out of 4 new replicas have been updated;"
                        + " shiplog rollout resume hello -n default");
    }

    @Test
    void aFailedCanarySaysWhoServesAndHowToTakeItAway() {
        var shown = shown(
                canary(new Target.Standing.Failed(NO_IMAGE), CANARY, 0),
                List.of(workload("hello", MARK, 1, 3), workload("hello-canary", MARK, 2, 1, 0)));

        assertThat(shown.phase()).isEqualTo(Phase.Degraded);
        assertThat(shown.message())
                .isEqualTo(NO_IMAGE + "; revision 1 serves beside the canary; shiplog rollout abort hello -n default"
                        + " takes the canary away");
    }

    @Test
    void whatWasAbortedSaysWhoServes() {
        var shown = shown(
                canary(new Target.Standing.Aborted(false), layout(Role.PLAIN, Role.PLAIN, good(4)), 0),
                List.of(workload("hello", MARK, 1, 4)));

        assertThat(shown.phase()).isEqualTo(Phase.Degraded);
        assertThat(shown.message()).isEqualTo("revision 2 was aborted; revision 1 serves");
        assertThat(shown.step()).isNull();
        assertThat(shown.weight()).isNull();
        assertThat(shown.replicas().updated()).isZero();
    }

    /** What stands in the way of going on stands in the way of going back too. */
    @Test
    void afterAConflictTheWayBackTakesWhatOthersHaveSet() {
        var conflict =
                new Trouble(Trouble.Kind.CONFLICT, "deployment \"hello\": .spec.replicas belongs to \"kubectl\"");
        var shown = shown(
                canary(new Target.Standing.Failed(conflict), CANARY, 0),
                List.of(workload("hello", OLD, 1, 3), workload("hello-canary", OLD, 2, 1)));

        assertThat(shown.message())
                .isEqualTo(conflict + "; revision 1 serves beside the canary; shiplog rollout abort hello -n default"
                        + " --force-conflicts takes the canary away and goes back to revision 1, shiplog rollout retry hello -n"
                        + " default --force-conflicts goes on in spite of it");
    }

    /** Held by a finalizer, say: the old pods are whole, but users still get both. */
    @Test
    void whatWasAbortedAndStillServesIsToldSo() {
        var stuck = new Trouble(Trouble.Kind.UNKNOWN, "deployment \"hello-canary\" is held by its finalizers");
        var aborted = with(
                canary(new Target.Standing.Aborted(false), layout(Role.PLAIN, Role.PLAIN, good(4)), 0),
                new Placement.Carried(new Target.Standing.Aborted(false), true, Optional.of(stuck), ""));
        var workloads = List.of(workload("hello", MARK, 1, 4), workload("hello-canary", OLD, 2, 1));

        assertThat(shown(aborted, workloads, service(Map.of("app", "hello"), Map.of("hello", 4, "hello-canary", 1)))
                        .message())
                .isEqualTo("revision 2 was aborted, but 1 of the 5 pods behind Service hello is still of deployment"
                        + " \"hello-canary\"; objects of it could not be deleted yet: " + stuck);
        assertThat(shown(aborted, workloads, service(Map.of("app", "hello"), Map.of("hello", 4)))
                        .message())
                .isEqualTo(
                        "revision 2 was aborted; revision 1 serves; objects of it could not be deleted yet: " + stuck);
    }

    /** One leads to all pods, the one that most users know leads past the canary. */
    @Test
    void theShareIsThatOfTheServiceNamedAsTheApplication() {
        var held = new Target.Standing.Held(1, Optional.empty(), Optional.empty());
        var shown = shown(
                placement(canaryStrategy(false), held, CANARY, 1, "hello-all"),
                List.of(workload("hello", MARK, 1, 3), workload("hello-canary", MARK, 2, 1)),
                new Observation.Service(
                        "hello-all", MARK, Map.of("app", "hello"), Map.of("hello", 3, "hello-canary", 1)),
                service(Map.of("app", "hello"), Map.of("hello", 3)));

        assertThat(shown.weight()).isEqualTo(new AppView.Weight(25, 0, null));
        assertThat(shown.message())
                .contains("; of the ready pods the canary's are 0% behind Service hello, 25% behind Service hello-all");
    }

    // ---- while the rollout goes on by itself

    @Test
    void aPauseThatHasPassedIsOnItsWay() {
        var held = canary(new Target.Standing.Held(1, Optional.of(NOON.minusSeconds(1)), Optional.empty()), CANARY, 1);
        var shown =
                shown(passed(held, 2), List.of(workload("hello", MARK, 1, 3), workload("hello-canary", MARK, 2, 1, 0)));

        assertThat(shown.phase()).isEqualTo(Phase.Progressing);
        assertThat(shown.message()).startsWith("step 3 of 4 (setWeight: 50), 0 of 1 canary pod available: ");
        assertThat(shown.standing()).isEqualTo("Owed");
        assertThat(shown.heldUntil()).isNull();
    }

    @Test
    void aStepThatAsksForPodsAsksForTheirShare() {
        var strategy = new Strategy.Canary(
                List.of(new CanaryStep.SetWeight(50), new CanaryStep.SetCanaryScale(2)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var shown = shown(
                placement(strategy, OWED, layout(Role.PLAIN, Role.PLAIN, good(3), Role.CANARY, fresh(2)), 1),
                List.of(workload("hello", MARK, 1, 3), workload("hello-canary", MARK, 2, 2)),
                service(Map.of("app", "hello"), Map.of("hello", 3, "hello-canary", 2)));

        assertThat(shown.weight()).isEqualTo(new AppView.Weight(40, 40, null));
    }

    @Test
    void onTheWayBackNothingIsWaitedForThatIsNotWanted() {
        var gone = new Side(Content.OTHER, Optional.of(3));
        var shown = shown(
                blueGreen(OWED, layout(Role.GREEN, Role.BLUE, good(3), Role.GREEN, gone), 1),
                List.of(workload("hello-blue", MARK, 1, 3), workload("hello-green", MARK, 2, 3)),
                service(colour("green"), Map.of("hello-green", 3)));

        assertThat(shown.message()).doesNotContain("to send all requests to green");
    }
}
