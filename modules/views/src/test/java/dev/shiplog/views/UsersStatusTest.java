package dev.shiplog.views;

import static dev.shiplog.views.Courses.BESIDE;
import static dev.shiplog.views.Courses.CANARY;
import static dev.shiplog.views.Courses.OLD;
import static dev.shiplog.views.Courses.blueGreen;
import static dev.shiplog.views.Courses.canary;
import static dev.shiplog.views.Courses.colour;
import static dev.shiplog.views.Courses.layout;
import static dev.shiplog.views.Courses.revision2;
import static dev.shiplog.views.Courses.shown;
import static dev.shiplog.views.Courses.shownAlone;
import static dev.shiplog.views.Courses.with;
import static dev.shiplog.views.OnSeoul.DONE;
import static dev.shiplog.views.OnSeoul.MARK;
import static dev.shiplog.views.OnSeoul.OWED;
import static dev.shiplog.views.OnSeoul.fresh;
import static dev.shiplog.views.OnSeoul.good;
import static dev.shiplog.views.OnSeoul.service;
import static dev.shiplog.views.Sightings.NO_IMAGE;
import static dev.shiplog.views.Sightings.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.protocol.view.Phase;
import dev.shiplog.views.history.Placement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people are told when users get something else than is meant: Services and Deployments that somebody has changed. */
final class UsersStatusTest {

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

    /** It was widened for both versions, and somebody has pointed it at the canary alone. */
    @Test
    void aWidenedServiceThatIsChangedIsToldToo() {
        var held = new Target.Standing.Held(1, Optional.empty(), Optional.empty());
        var shown = shown(
                canary(held, CANARY.widened(true), 1),
                List.of(workload("hello", MARK, 1, 3), workload("hello-canary", MARK, 2, 1)),
                service(Map.of("app", "hello", "track", "canary"), Map.of("hello-canary", 1)));

        assertThat(shown.phase()).isEqualTo(Phase.Degraded);
        assertThat(shown.message()).contains("selects app=hello,track=canary, but Shiplog means app=hello");
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
}
