package dev.shiplog.views;

import static dev.shiplog.views.Sightings.NOON;
import static dev.shiplog.views.Sightings.NO_IMAGE;
import static dev.shiplog.views.Sightings.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.Side;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.Observation.Workload;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.Phase;
import dev.shiplog.views.history.Place;
import dev.shiplog.views.history.Placement;
import dev.shiplog.views.live.Changes;
import dev.shiplog.views.live.ClusterSight;
import dev.shiplog.views.status.Shown;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What people are told of a canary and of colours: revision 2 on its way to seoul, revision 1 serving there. */
final class CourseStatusTest {

    private static final Mark MARK = new Mark(4, 1);
    private static final Mark OLD = new Mark(3, 2);
    private static final Target.Standing OWED = new Target.Standing.Owed();
    private static final Target.Standing DONE = new Target.Standing.Completed(Optional.empty());
    private static final Layout CANARY = layout(Role.PLAIN, Role.PLAIN, good(3), Role.CANARY, fresh(1));
    private static final Layout BESIDE = layout(Role.BLUE, Role.BLUE, good(3), Role.GREEN, fresh(3));

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
                canary(new Target.Standing.Aborted(), layout(Role.PLAIN, Role.PLAIN, good(4)), 0),
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
                canary(new Target.Standing.Aborted(), layout(Role.PLAIN, Role.PLAIN, good(4)), 0),
                new Placement.Carried(new Target.Standing.Aborted(), true, Optional.of(stuck), ""));
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

    // ---- what users get

    @Test
    void aServiceThatLeadsNowhereIsDegraded() {
        var done = blueGreen(DONE, layout(Role.GREEN, Role.GREEN, good(3)).completed(), 1);
        var workloads = List.of(workload("hello-green", MARK, 2, 3));
        var selector = Map.of("app", "nobody", Role.COLOUR, "green");
        var shown = shown(with(done, revision2()), workloads, service(selector, Map.of()));

        assertThat(shown.phase()).isEqualTo(Phase.Degraded);
        assertThat(shown.message())
                .isEqualTo("Service hello selects app=nobody,shiplog.dev/colour=green, but Shiplog means app=hello,"
                        + "shiplog.dev/colour=green: somebody else has changed it; shiplog switch hello -n default --to green"
                        + " --force-conflicts sets it back");
    }

    @Test
    void aServiceThatIsGoneIsDegraded() {
        var shown = shownAlone(
                with(canary(DONE, layout(Role.PLAIN, Role.PLAIN, good(3)), 4), revision2()),
                List.of(workload("hello", MARK, 2, 3)));

        assertThat(shown.phase()).isEqualTo(Phase.Degraded);
        assertThat(shown.message())
                .isEqualTo(
                        "Service hello, by which users come, is not there any more; shiplog rollout restart hello -n default"
                                + " writes it again");
    }

    @Test
    void aServiceWithoutPodsIsDegraded() {
        var shown = shown(
                with(canary(DONE, layout(Role.PLAIN, Role.PLAIN, good(3)), 4), revision2()),
                List.of(workload("hello", MARK, 2, 3)),
                service(Map.of("app", "hello"), Map.of()));

        assertThat(shown.phase()).isEqualTo(Phase.Degraded);
        assertThat(shown.message())
                .isEqualTo("no ready pod is behind Service hello, which selects app=hello: users get nothing");
    }

    @Test
    void aServiceThatLeadsPastTheCanaryIsToldWhileItWaits() {
        var shown = shown(
                canary(new Target.Standing.Held(1, Optional.empty(), Optional.empty()), CANARY, 1),
                List.of(workload("hello", MARK, 1, 3), workload("hello-canary", MARK, 2, 1)),
                service(Map.of("app", "hello", "track", "stable"), Map.of("hello", 3)));

        assertThat(shown.message())
                .startsWith(
                        "Service hello selects app=hello,track=stable, but Shiplog means app=hello: somebody else has"
                                + " changed it; kubectl patch service hello -n default --type merge -p"
                                + " '{\"spec\":{\"selector\":{\"track\":null}}}' sets it back; paused at step 2 of 4");
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

    @Test
    void aDeploymentThatSomebodyChangesWhileItWaitsIsTold() {
        var held = canary(new Target.Standing.Held(1, Optional.empty(), Optional.empty()), CANARY, 1);
        var canary = workload("hello-canary", MARK, 2, 1);

        assertThat(shown(held, List.of(workload("hello", MARK, 9, 3), canary)).message())
                .endsWith(
                        "; deployment \"hello\" has image hello:9, but Shiplog means hello:1: somebody else has changed"
                                + " it, and the next writing will be refused for it; kubectl set image deployment hello"
                                + " hello=hello:1 -n default sets it back");
        assertThat(shown(held, List.of(workload("hello", MARK, 1, 1), canary)).message())
                .endsWith(
                        "; deployment \"hello\" is scaled to 1, but Shiplog means 3: somebody else has changed it, and"
                                + " the next writing will be refused for it; kubectl scale deployment hello --replicas 3 -n"
                                + " default sets it back");
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

    /** Green was written a step further than we have heard, or blue a step before: nobody else has. */
    @Test
    void anOwnSwitchIsNoDrift() {
        var held = blueGreen(new Target.Standing.Held(0, Optional.empty(), Optional.of(Role.GREEN)), BESIDE, 0);
        var workloads = List.of(workload("hello-blue", MARK, 1, 3), workload("hello-green", MARK, 2, 3));
        for (var mark : List.of(new Mark(4, 2), new Mark(4, 0), new Mark(5, 0))) {
            var green = new Observation.Service("hello", mark, colour("green"), Map.of("hello-green", 3));

            assertThat(shown(held, workloads, green).message()).doesNotContain("somebody else");
        }
    }

    /** Blue is looked at once more before green is made. */
    @Test
    void nothingIsAwaitedOfAServiceThatGoesWhereItShould() {
        var shown = shown(
                blueGreen(OWED, layout(Role.BLUE, Role.BLUE, good(3)), 0),
                List.of(workload("hello-blue", MARK, 1, 3)),
                service(colour("blue"), Map.of("hello-blue", 3)));

        assertThat(shown.message()).doesNotContain("waiting for the Services");
    }

    @Test
    void greenThatComesUpIsLookedAtOnly() {
        var shown = shown(
                blueGreen(OWED, BESIDE, 0),
                List.of(workload("hello-blue", MARK, 1, 3), workload("hello-green", MARK, 2, 3, 1)),
                service(colour("blue"), Map.of("hello-blue", 3)));

        assertThat(shown.message()).startsWith("step 1 of 2 (preview), 1 of 3 green pods available: Waiting for");
        assertThat(shown.active()).isEqualTo("blue");
        assertThat(shown.preview()).isEqualTo("green");
        assertThat(shown.workloads()).extracting(AppView.Workload::role).containsExactly("active", "preview");
        assertThat(shown.replicas().desired()).isEqualTo(6);
    }

    /** There was no room for it. */
    @Test
    void greenThatWasNeverMadeHasNotRecovered() {
        var shown = shown(
                blueGreen(new Target.Standing.Failed(NO_IMAGE), BESIDE, 0),
                List.of(workload("hello-blue", MARK, 1, 3)));

        assertThat(shown.message())
                .isEqualTo(NO_IMAGE
                        + "; users stay on revision 1; shiplog rollout abort hello -n default goes back for good");
        assertThat(shown.preview()).isNull();
    }

    @Test
    void greenThatIsNotMadeYetIsWaitedFor() {
        var shown = shown(blueGreen(OWED, BESIDE, 0), List.of(workload("hello-blue", MARK, 1, 3)));

        assertThat(shown.message())
                .isEqualTo(
                        "step 1 of 2 (preview): waiting for deployment \"hello-green\" to be written to the cluster");
    }

    @Test
    void greenThatIsReadyWaitsToBePromoted() {
        var shown = shown(
                blueGreen(new Target.Standing.Held(0, Optional.empty(), Optional.of(Role.GREEN)), BESIDE, 0),
                List.of(workload("hello-blue", MARK, 1, 3), workload("hello-green", MARK, 2, 3)),
                service(colour("blue"), Map.of("hello-blue", 3)));

        assertThat(shown.message())
                .isEqualTo("paused at step 1 of 2 (preview), green is ready; shiplog rollout promote hello -n default");
    }

    @Test
    void theSwitchIsDoneWhenTheEndpointsShowIt() {
        var shown = shown(
                blueGreen(OWED, layout(Role.GREEN, Role.BLUE, good(3), Role.GREEN, fresh(3)), 1),
                List.of(workload("hello-blue", MARK, 1, 3), workload("hello-green", MARK, 2, 3)),
                service(colour("green"), Map.of("hello-blue", 3)));

        assertThat(shown.message()).endsWith("waiting for the Services to send all requests to green");
    }

    @Test
    void aServiceThatIsChangedWhileItIsSwitchedIsReported() {
        var written = new Placement.Carried(OWED, true, Optional.empty(), "");
        var switched = blueGreen(OWED, layout(Role.GREEN, Role.BLUE, good(3), Role.GREEN, fresh(3)), 1);
        var shown = shown(
                with(switched, written),
                List.of(workload("hello-blue", MARK, 1, 3), workload("hello-green", MARK, 2, 3)),
                service(colour("blue"), Map.of("hello-blue", 3)));

        assertThat(shown.phase()).isEqualTo(Phase.Progressing);
        assertThat(shown.message())
                .endsWith(
                        "waiting for the Services to send all requests to green; Service hello selects blue, not green;"
                                + " if that stays, somebody else has changed it: shiplog switch hello -n default --to green"
                                + " --force-conflicts sets it back");
    }

    @Test
    void aColourThatIsKeptIsNoTroubleAndDoesNotCount() {
        var until = NOON.plusSeconds(30);
        var shown = shown(
                blueGreen(
                        new Target.Standing.Completed(Optional.of(until)), layout(Role.GREEN, Role.GREEN, good(3)), 1),
                List.of(workload("hello-blue", OLD, 1, 3, 0), workload("hello-green", MARK, 2, 3)),
                service(colour("green"), Map.of("hello-green", 3)));

        assertThat(shown.phase()).isEqualTo(Phase.Healthy);
        assertThat(shown.replicas()).isEqualTo(new AppView.Replicas(3, 3, 3, 3, 3));
        assertThat(shown.workloads()).extracting(AppView.Workload::role).containsExactly("kept", "active");
        assertThat(shown.keptUntil()).isEqualTo(until);
        assertThat(shown.preview()).isNull();
    }

    @Test
    void aServiceThatSelectsAnotherColourIsReported() {
        var shown = shown(
                blueGreen(DONE, layout(Role.BLUE, Role.BLUE, good(3)), 1),
                List.of(workload("hello-blue", MARK, 2, 3), workload("hello-green", OLD, 1, 3)),
                service(colour("green"), Map.of("hello-green", 3)));

        assertThat(shown.phase()).isEqualTo(Phase.Degraded);
        assertThat(shown.active()).isEqualTo("green");
        assertThat(shown.message())
                .isEqualTo(
                        "Service hello selects green, but Shiplog means blue: somebody else has changed it; shiplog switch"
                                + " hello -n default --to blue --force-conflicts sets it back, shiplog switch hello -n default --to green"
                                + " --force-conflicts keeps green (users come to blue for a moment until that stands)");
    }

    @Test
    void itIsReportedWhileARolloutWaitsToo() {
        var shown = shown(
                blueGreen(new Target.Standing.Held(0, Optional.empty(), Optional.of(Role.GREEN)), BESIDE, 0),
                List.of(workload("hello-blue", MARK, 1, 3), workload("hello-green", MARK, 2, 3)),
                service(colour("green"), Map.of("hello-green", 3)));

        assertThat(shown.phase()).isEqualTo(Phase.Degraded);
        assertThat(shown.message())
                .isEqualTo("Service hello selects green, but Shiplog means blue: somebody else has changed it; shiplog"
                        + " switch hello -n default --to blue --force-conflicts sets it back, shiplog switch hello -n default --to green"
                        + " --force-conflicts promotes it; paused at step 1 of 2 (preview), green is ready; shiplog"
                        + " rollout promote hello -n default");
    }

    /** To go back to blue would be to give it up. */
    @Test
    void itIsReportedWhileGreenComesUpToo() {
        var written = new Placement.Carried(OWED, true, Optional.empty(), "");
        var shown = shown(
                with(blueGreen(OWED, BESIDE, 0), written),
                List.of(workload("hello-blue", MARK, 1, 3), workload("hello-green", MARK, 2, 3, 1)),
                service(colour("green"), Map.of("hello-green", 1)));

        assertThat(shown.message())
                .endsWith("Service hello selects green, not blue; if that stays, somebody else has changed it");
    }

    @Test
    void afterAFailureItIsNotSaidThatUsersStayWhereTheyAreNot() {
        var shown = shown(
                blueGreen(new Target.Standing.Failed(NO_IMAGE), BESIDE, 0),
                List.of(workload("hello-blue", MARK, 1, 3), workload("hello-green", MARK, 2, 3, 0)),
                service(colour("green"), Map.of()));

        assertThat(shown.message())
                .isEqualTo(NO_IMAGE + "; Service hello selects green, but Shiplog means blue: somebody else has changed"
                        + " it; shiplog rollout abort hello -n default --force-conflicts sets it back and takes the"
                        + " release back, shiplog rollout retry hello -n default --force-conflicts goes on in spite of"
                        + " it");
    }

    @Test
    void greenThatIsReadyNoLongerIsNotCalledReady() {
        var shown = shown(
                blueGreen(new Target.Standing.Held(0, Optional.empty(), Optional.of(Role.GREEN)), BESIDE, 0),
                List.of(workload("hello-blue", MARK, 1, 3), workload("hello-green", MARK, 2, 3, 1)),
                service(colour("blue"), Map.of("hello-blue", 3)));

        assertThat(shown.message())
                .isEqualTo(
                        "paused at step 1 of 2 (preview), 1 of 3 green pods available; shiplog rollout promote hello -n default;"
                                + " 1 of 3 pods of deployment \"hello-green\" are available");
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
    void whatServedBeforeTheSwitchIsNoPreview() {
        var shown = shown(
                blueGreen(OWED, layout(Role.GREEN, Role.BLUE, good(3), Role.GREEN, fresh(3)), 1),
                List.of(workload("hello-blue", MARK, 1, 3), workload("hello-green", MARK, 2, 3)),
                service(colour("green"), Map.of("hello-green", 3)));

        assertThat(shown.workloads()).extracting(AppView.Workload::role).containsExactly("kept", "active");
        assertThat(shown.workloads()).extracting(AppView.Workload::revision).containsExactly(1, 2);
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

    @Test
    void aWarningIsToldAsLongAsTheRolloutIsOnItsWay() {
        var warned = new Placement.Carried(OWED, true, Optional.empty(), "room for 2 pods, not for 3");
        var shown = shown(
                with(blueGreen(OWED, BESIDE, 0), warned),
                List.of(workload("hello-blue", MARK, 1, 3), workload("hello-green", MARK, 2, 3)));

        assertThat(shown.message()).endsWith(" (warning: room for 2 pods, not for 3)");
    }

    private static AppView.OnCluster canaryHeld(Target.Standing held, boolean affinity) {
        return shown(
                placement(canaryStrategy(affinity), held, CANARY, 1),
                List.of(workload("hello", MARK, 1, 3), workload("hello-canary", MARK, 2, 1)),
                service(Map.of("app", "hello"), Map.of("hello", 3, "hello-canary", 1)));
    }

    /** Where no Service is given, all is well with it. */
    private static AppView.OnCluster shown(
            Placement placement, List<Workload> workloads, Observation.Service... services) {
        return services.length > 0
                ? shownAlone(placement, workloads, services)
                : shownAlone(placement, workloads, whole(placement, workloads));
    }

    private static Observation.Service whole(Placement placement, List<Workload> workloads) {
        var colour = placement.position().layout().serving().filter(Role::isColour);
        var ready = new TreeMap<String, Integer>();
        workloads.stream()
                .filter(workload -> colour.map(role -> workload.name().endsWith(role.word()))
                        .orElse(true))
                .forEach(workload -> ready.put(workload.name(), workload.available()));
        return service(colour.map(role -> colour(role.word())).orElse(Map.of("app", "hello")), ready);
    }

    private static AppView.OnCluster shownAlone(
            Placement placement, List<Workload> workloads, Observation.Service... services) {
        var live = new ClusterSight(new Changes(), InstantSource.system());
        live.reached("seoul", "v1.34.1");
        live.seen(
                "seoul",
                new Observation(
                        Story.name("default/hello"),
                        "seoul",
                        NOON,
                        workloads,
                        Arrays.asList(services),
                        Optional.empty(),
                        List.of()));
        return Shown.onCluster(placement, Shown.status(placement, live), live);
    }

    private static Observation.Service service(Map<String, String> selector, Map<String, Integer> ready) {
        return new Observation.Service("hello", MARK, selector, ready);
    }

    private static Map<String, String> colour(String word) {
        return Map.of("app", "hello", Role.COLOUR, word);
    }

    private static Placement canary(Target.Standing standing, Layout layout, int step) {
        return placement(canaryStrategy(false), standing, layout, step);
    }

    private static Strategy canaryStrategy(boolean affinity) {
        return new Strategy.Canary(
                List.of(
                        new CanaryStep.SetWeight(25),
                        new CanaryStep.Pause(Optional.empty()),
                        new CanaryStep.SetWeight(50),
                        new CanaryStep.Pause(Optional.of(Duration.ofMinutes(5)))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                affinity ? Optional.of(new Strategy.SessionAffinity(600)) : Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Placement blueGreen(Target.Standing standing, Layout layout, int step) {
        var strategy = new Strategy.BlueGreen(
                Optional.empty(),
                Optional.empty(),
                new Strategy.AutoPromotion.Manual(),
                Optional.empty(),
                Strategy.CapacityCheck.ENFORCE,
                Optional.empty(),
                Optional.empty());
        return placement(strategy, standing, layout, step);
    }

    private static Placement placement(
            Strategy strategy, Target.Standing standing, Layout layout, int step, String... more) {
        var course = new Placement.Course(strategy, "hello", List.of(), front("hello:2", more));
        return new Placement(
                new Place(Story.name("default/hello"), "seoul"),
                Map.of(),
                new Placement.Wanted(
                        2,
                        Optional.empty(),
                        new Placement.Declared(List.of("hello:2"), true, 3, 0, course),
                        false,
                        false,
                        false),
                4,
                NOON,
                new Placement.Carried(standing, true, Optional.empty(), ""),
                new Placement.Position(layout, step, MARK, standing instanceof Target.Standing.Held),
                Optional.of(new Placement.Good(1, front("hello:1", more))));
    }

    private static Placement.Front front(String image, String... more) {
        var services = new TreeMap<>(Map.of("hello", Map.of("app", "hello")));
        for (var service : more) {
            services.put(service, Map.of("app", "hello"));
        }
        return new Placement.Front(List.of("hello=" + image), true, services);
    }

    /** Revision 2 is the last good one. */
    private static Placement.Good revision2() {
        return new Placement.Good(2, front("hello:2"));
    }

    private static Placement with(Placement placement, Placement.Good good) {
        return new Placement(
                placement.place(),
                placement.labels(),
                placement.wanted(),
                placement.generation(),
                placement.since(),
                placement.carried(),
                placement.position(),
                Optional.of(good));
    }

    private static Placement passed(Placement held, int step) {
        var position = new Placement.Position(held.position().layout(), step, MARK, false);
        return new Placement(
                held.place(),
                held.labels(),
                held.wanted(),
                held.generation(),
                held.since(),
                held.carried(),
                position,
                held.good());
    }

    private static Placement paused(Placement placement) {
        var wanted = placement.wanted();
        return new Placement(
                placement.place(),
                placement.labels(),
                new Placement.Wanted(wanted.revision(), wanted.scale(), wanted.declared(), true, false, false),
                placement.generation(),
                placement.since(),
                placement.carried(),
                placement.position(),
                placement.good());
    }

    private static Placement with(Placement placement, Placement.Carried carried) {
        return new Placement(
                placement.place(),
                placement.labels(),
                placement.wanted(),
                placement.generation(),
                placement.since(),
                carried,
                placement.position(),
                placement.good());
    }

    private static Side good(int pods) {
        return new Side(Content.GOOD, Optional.of(pods));
    }

    private static Side fresh(int pods) {
        return new Side(Content.NEW, Optional.of(pods));
    }

    private static Layout layout(Role serving, Role role, Side side) {
        return new Layout(new TreeMap<>(Map.of(role, side)), Optional.of(serving), side.content());
    }

    private static Layout layout(Role serving, Role one, Side first, Role other, Side second) {
        var shared = serving == one ? first.content() : second.content();
        return new Layout(new TreeMap<>(Map.of(one, first, other, second)), Optional.of(serving), shared);
    }
}
