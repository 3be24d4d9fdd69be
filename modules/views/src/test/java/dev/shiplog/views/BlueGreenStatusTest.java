package dev.shiplog.views;

import static dev.shiplog.views.Courses.BESIDE;
import static dev.shiplog.views.Courses.OLD;
import static dev.shiplog.views.Courses.blueGreen;
import static dev.shiplog.views.Courses.colour;
import static dev.shiplog.views.Courses.layout;
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

import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Role;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.Phase;
import dev.shiplog.views.history.Placement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people are told of two colours: which comes up, which serves, which is kept. */
final class BlueGreenStatusTest {

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
    void aColourThatIsKeptIsNoTroubleAndDoesNotCount() {
        var until = NOON.plusSeconds(30);
        var shown = shown(
                blueGreen(
                        new Target.Standing.Completed(Optional.of(until), false),
                        layout(Role.GREEN, Role.GREEN, good(3)),
                        1),
                List.of(workload("hello-blue", OLD, 1, 3, 0), workload("hello-green", MARK, 2, 3)),
                service(colour("green"), Map.of("hello-green", 3)));

        assertThat(shown.phase()).isEqualTo(Phase.Healthy);
        assertThat(shown.replicas()).isEqualTo(new AppView.Replicas(3, 3, 3, 3, 3));
        assertThat(shown.workloads()).extracting(AppView.Workload::role).containsExactly("kept", "active");
        assertThat(shown.keptUntil()).isEqualTo(until);
        assertThat(shown.preview()).isNull();
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
    void whatServedBeforeTheSwitchIsNoPreview() {
        var shown = shown(
                blueGreen(OWED, layout(Role.GREEN, Role.BLUE, good(3), Role.GREEN, fresh(3)), 1),
                List.of(workload("hello-blue", MARK, 1, 3), workload("hello-green", MARK, 2, 3)),
                service(colour("green"), Map.of("hello-green", 3)));

        assertThat(shown.workloads()).extracting(AppView.Workload::role).containsExactly("kept", "active");
        assertThat(shown.workloads()).extracting(AppView.Workload::revision).containsExactly(1, 2);
    }

    @Test
    void aWarningIsToldAsLongAsTheRolloutIsOnItsWay() {
        var warned = new Placement.Carried(OWED, true, Optional.empty(), "room for 2 pods, not for 3");
        var shown = shown(
                with(blueGreen(OWED, BESIDE, 0), warned),
                List.of(workload("hello-blue", MARK, 1, 3), workload("hello-green", MARK, 2, 3)));

        assertThat(shown.message()).endsWith(" (warning: room for 2 pods, not for 3)");
    }
}
