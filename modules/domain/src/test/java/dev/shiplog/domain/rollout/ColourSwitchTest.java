package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.CourseStories.AT_ONCE;
import static dev.shiplog.domain.rollout.CourseStories.MANUAL;
import static dev.shiplog.domain.rollout.CourseStories.blue;
import static dev.shiplog.domain.rollout.CourseStories.blueGreen;
import static dev.shiplog.domain.rollout.CourseStories.open;
import static dev.shiplog.domain.rollout.CourseStories.service;
import static dev.shiplog.domain.rollout.CourseStories.spec;
import static dev.shiplog.domain.rollout.RolloutStories.assignment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Samples;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.RolloutEvent.Switched;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows 16 and 18 of the walkthrough: the other colour comes up, and users are switched to it. */
class ColourSwitchTest {

    /** Of three pods: 3, 6, 3. */
    @Test
    void greenComesUpWholeWhileUsersStayOnBlue() {
        blue(3, MANUAL)
                .assign(2, 2, spec(2, 3, MANUAL))
                .then("blue:good*3 green:new*3 >blue (good)")
                .stands(Rollout.Stage.Holding.class)
                .assign(assignment(3, 2, spec(2, 3, MANUAL), Directions.NONE.promoted(1)))
                .then("blue:good*3 green:new*3 >blue (good)", "blue:good*3 green:new*3 >green")
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello-blue", "Deployment/hello-green", "Service/hello")
                .passing(Duration.ofMinutes(5))
                .leaves("Deployment/hello-green", "Service/hello");
    }

    @Test
    void theSwitchIsOneEventWithBothSelectors() {
        var run = blue(3, AT_ONCE).assign(2, 2, spec(2, 3, AT_ONCE));
        assertThat(run.events().stream().filter(Switched.class::isInstance))
                .containsExactly(new Switched(
                        2,
                        2,
                        List.of("hello"),
                        Role.BLUE,
                        Role.GREEN,
                        Map.of("app", "hello", "shiplog.dev/colour", "blue"),
                        Map.of("app", "hello", "shiplog.dev/colour", "green")));
    }

    @Test
    void switchesByItselfAfterItsTime() {
        var strategy = blueGreen(new Strategy.AutoPromotion.After(Duration.ofHours(5)), Optional.empty());
        blue(3, strategy)
                .assign(2, 2, spec(2, 3, strategy))
                .passing(Duration.ofHours(1))
                .stands(Rollout.Stage.Holding.class)
                .passing(Duration.ofHours(4))
                .then("blue:good*3 green:new*3 >blue (good)", "blue:good*3 green:new*3 >green")
                .stands(Rollout.Stage.Completed.class);
    }

    @Test
    void isNotDoneBeforeTheEndpointsShowIt() {
        var run = blue(3, AT_ONCE);
        var story = run.story()
                .after(new RolloutCommand.Assign(assignment(2, spec(2, 3, AT_ONCE))))
                .after(new RolloutCommand.ConfirmApplied(2, 0));
        var stale = new Observation(
                story.state().assignment().orElseThrow().application(),
                "gke-seoul",
                story.now(),
                List.of(
                        RolloutStories.marked(RolloutStories.named("hello-blue", RolloutStories.healthy(1)), 2, 0),
                        RolloutStories.marked(RolloutStories.named("hello-green", RolloutStories.healthy(1)), 2, 0)),
                List.of(new Observation.Service("hello", Map.of(), Map.of("hello-blue", 3, "hello-green", 1))),
                Optional.empty(),
                List.of());
        story.when(new RolloutCommand.Observe(stale)).thenNothing();
    }

    @Test
    void usersAreNotSwitchedToPodsThatWereReadyOnce() {
        blue(3, MANUAL)
                .assign(2, 2, spec(2, 3, MANUAL))
                .stands(Rollout.Stage.Holding.class)
                .broken(2)
                .assign(assignment(3, 2, spec(2, 3, MANUAL), Directions.NONE.promoted(1)))
                .then("blue:good*3 green:new*3 >blue (good)")
                .stands(Rollout.Stage.Failed.class);
        var strategy = blueGreen(new Strategy.AutoPromotion.After(Duration.ofHours(5)), Optional.empty());
        blue(3, strategy)
                .assign(2, 2, spec(2, 3, strategy))
                .broken(2)
                .passing(Duration.ofHours(5))
                .then("blue:good*3 green:new*3 >blue (good)")
                .stands(Rollout.Stage.Failed.class);
    }

    @Test
    void usersNeedNotWaitForThePodsThatTheyLeave() {
        blue(3, MANUAL)
                .assign(2, 2, spec(2, 3, MANUAL))
                .brokenOnly(1)
                .assign(assignment(3, 2, spec(2, 3, MANUAL), Directions.NONE.promoted(1)))
                .then("blue:good*3 green:new*3 >blue (good)", "blue:good*3 green:new*3 >green")
                .stands(Rollout.Stage.Completed.class);
    }

    /** Found by the simulation: promoted while green was still coming up, it was switched to before it was there. */
    @Test
    void aPromotionThatComesEarlyIsNoReasonToSwitchEarly() {
        var coming = blue(3, MANUAL)
                .story()
                .after(new RolloutCommand.Assign(assignment(2, spec(2, 3, MANUAL))))
                .after(new RolloutCommand.ConfirmApplied(2, 0))
                .after(new RolloutCommand.Assign(assignment(3, 2, spec(2, 3, MANUAL), Directions.NONE.promoted(1))));
        assertThat(CourseStories.words(coming.state().layout())).isEqualTo("blue:good*3 green:new*3 >blue (good)");
    }

    @Test
    void aPreviewMayBeSmallAndIsMadeWholeBeforeTheSwitch() {
        var strategy = blueGreen(new Strategy.AutoPromotion.Manual(), Optional.of(1));
        blue(3, strategy)
                .assign(2, 2, spec(2, 3, strategy))
                .then("blue:good*3 green:new*1 >blue (good)")
                .assign(assignment(3, 2, spec(2, 3, strategy), Directions.NONE.promoted(1)))
                .then("blue:good*3 green:new*3 >blue (good)", "blue:good*3 green:new*3 >green");
    }

    @Test
    void coloursAlternate() {
        blue(3, AT_ONCE)
                .assign(2, 2, spec(2, 3, AT_ONCE))
                .assign(3, 3, spec(3, 3, AT_ONCE))
                .then("blue:new*3 green:good*3 >green (good)", "blue:new*3 green:good*3 >blue")
                .assign(assignment(4, 4, spec(2, 3, AT_ONCE), Directions.STRAIGHT))
                .then("blue:good*3 green:new*3 >blue (good)", "blue:good*3 green:new*3 >green")
                .passing(Duration.ofMinutes(5))
                .leaves("Deployment/hello-green", "Service/hello");
    }

    @Test
    void aNewReleaseTakesThePlaceOfTheOneInPreview() {
        blue(3, MANUAL)
                .assign(2, 2, spec(2, 3, MANUAL))
                .assign(3, 3, spec(3, 3, MANUAL))
                .then("blue:good*3 green:new*3 >blue (good)")
                .stands(Rollout.Stage.Holding.class);
    }

    @Test
    void aScaleReachesBothColours() {
        blue(3, MANUAL)
                .assign(2, 2, spec(2, 3, MANUAL))
                .assign(assignment(3, 2, spec(2, 5, MANUAL), Directions.NONE))
                .then("blue:good*5 green:new*5 >blue (good)")
                .stands(Rollout.Stage.Holding.class);
    }

    /** The Services were on their way when somebody scaled it. */
    @Test
    void aSwitchIsToldThoughACommandComesInBetween() {
        var held = blue(3, MANUAL).assign(2, 2, spec(2, 3, MANUAL));
        var promoted = assignment(3, 2, spec(2, 3, MANUAL), Directions.NONE.promoted(1));
        var switching = held.interruptedAt(Role.GREEN).assign(promoted).stands(Rollout.Stage.Applying.class);
        var scaled = assignment(4, 2, spec(2, 5, MANUAL), Directions.NONE.promoted(1));
        var run = new Run(switching.story()).assign(scaled).stands(Rollout.Stage.Completed.class);
        assertThat(run.events()).filteredOn(Switched.class::isInstance).hasSize(1);
    }

    /** As in row 16 of the walkthrough, where the Service names the version that it is for. */
    @Test
    void aServiceThatSelectsAVersionKeepsItsColourUntilTheSwitch() {
        var held = new Run(RolloutStories.rollout())
                .assign(1, 1, versioned("1.0.0"))
                .assign(2, 2, versioned("2.0.0"));
        assertThat(selector(held)).isEqualTo("{app=hello, version=1.0.0, shiplog.dev/colour=blue}");

        var switched = held.assign(assignment(3, 2, versioned("2.0.0"), Directions.NONE.promoted(1)));

        assertThat(selector(switched)).isEqualTo("{app=hello, version=2.0.0, shiplog.dev/colour=green}");
        assertThat(switched.events())
                .filteredOn(Switched.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    assertThat(((Switched) event).selectorBefore()).containsEntry("version", "1.0.0");
                    assertThat(((Switched) event).selectorAfter()).containsEntry("version", "2.0.0");
                });
    }

    /** A scale, or another configuration of a Service: there is nothing to look at before users get it. */
    @Test
    void aReleaseWithTheSamePodsNeedsNoOtherColour() {
        blue(3, MANUAL)
                .assign(2, 2, spec(1, 5, MANUAL))
                .then("blue:new*5 >blue")
                .stands(Rollout.Stage.Completed.class);
    }

    @Test
    void aColourOfAnOpenNumberHasAsManyPodsAsThereWere() {
        blue(3, MANUAL).assign(2, 2, open(2, MANUAL)).then("blue:good*3 green:new*3 >blue (good)");
        new Run(RolloutStories.rollout())
                .assign(1, 1, open(1, MANUAL))
                .assign(2, 2, open(2, MANUAL))
                .then("blue:good*1 green:new*1 >blue (good)");
    }

    private static ReleaseSpec versioned(String version) {
        var pods = Samples.labelled(Samples.deployment("hello", "hello:" + version, 2), "version", version);
        return Samples.withStrategy(
                Samples.spec(pods, Samples.selecting(Samples.service("hello"), "version", version)), MANUAL);
    }

    /** What the Service selects that was written last. */
    private static String selector(Run run) {
        return run.objects().stream()
                .filter(object -> object.kind().equals("Service"))
                .map(service -> CourseStories.selector(service).toString())
                .findFirst()
                .orElseThrow();
    }
}
