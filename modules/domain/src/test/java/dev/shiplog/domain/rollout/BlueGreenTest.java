package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.CourseStories.MANUAL;
import static dev.shiplog.domain.rollout.CourseStories.blue;
import static dev.shiplog.domain.rollout.CourseStories.blueGreen;
import static dev.shiplog.domain.rollout.CourseStories.canary;
import static dev.shiplog.domain.rollout.CourseStories.kept;
import static dev.shiplog.domain.rollout.CourseStories.pause;
import static dev.shiplog.domain.rollout.CourseStories.plain;
import static dev.shiplog.domain.rollout.CourseStories.spec;
import static dev.shiplog.domain.rollout.CourseStories.weight;
import static dev.shiplog.domain.rollout.RolloutStories.assignment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Samples;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.RolloutEvent.Switched;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows 16 to 19 of the walkthrough: two colours, layout by layout. */
class BlueGreenTest {

    private static final Strategy AT_ONCE = blueGreen(Strategy.AutoPromotion.AT_ONCE, Optional.empty());

    /** Somebody else's pods may be behind the Service until then. */
    @Test
    void theFirstReleaseIsBlueOnceItsPodsAreThere() {
        blue(3, MANUAL)
                .then("blue:new*3 >nobody", "blue:new*3 >blue")
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello-blue", "Service/hello");
    }

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
    void theFormerColourIsKeptUntilItsDelayIsOver() {
        new CourseStories.Run(kept())
                .passing(Duration.ofMinutes(1))
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

    @Test
    void aPreviewMayBeSmallAndIsMadeWholeBeforeTheSwitch() {
        var strategy = blueGreen(new Strategy.AutoPromotion.Manual(), Optional.of(1));
        blue(3, strategy)
                .assign(2, 2, spec(2, 3, strategy))
                .then("blue:good*3 green:new*1 >blue (good)")
                .assign(assignment(3, 2, spec(2, 3, strategy), Directions.NONE.promoted(1)))
                .then("blue:good*3 green:new*3 >blue (good)", "blue:good*3 green:new*3 >green");
    }

    /** Row 19. */
    @Test
    void theWayBackIsImmediateWhileBlueIsKept() {
        blue(3, AT_ONCE)
                .assign(2, 2, spec(2, 3, AT_ONCE))
                .assign(assignment(3, 3, spec(1, 3, AT_ONCE), Directions.STRAIGHT))
                .then("blue:new*3 green:good*3 >green (good)", "blue:new*3 green:good*3 >blue")
                .stands(Rollout.Stage.Completed.class)
                .passing(Duration.ofMinutes(5))
                .leaves("Deployment/hello-blue", "Service/hello");
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

    /** Found by the simulation: an owner that doesn't know the latest events waited for ever for what was long past. */
    @Test
    void anOwnerThatSeesALaterLegThanItsOwnTriesToWriteAndSoLearnsThatItIsBehind() {
        var behind = plain(3).story()
                .after(new RolloutCommand.Assign(assignment(2, spec(2, 3, AT_ONCE))))
                .after(new RolloutCommand.ConfirmApplied(2, 0));
        var later = new Observation(
                behind.state().assignment().orElseThrow().application(),
                "gke-seoul",
                behind.now(),
                List.of(
                        RolloutStories.marked(RolloutStories.healthy(1), 2, 3),
                        RolloutStories.marked(RolloutStories.named("hello-blue", RolloutStories.healthy(1)), 2, 3)),
                List.of(),
                Optional.empty(),
                List.of());
        behind.when(new RolloutCommand.Observe(later))
                .then(new RolloutEvent.Assigned(
                        behind.state().assignment().orElseThrow(),
                        behind.state().layout(),
                        0));
    }

    /** Found by the simulation: it asked for ever that something be deleted which belongs to a later leg by now. */
    @Test
    void anOwnerThatMayNotDeleteWhatIsOfALaterLegTriesToWriteAndSoLearnsThatItIsBehind() {
        var behind = plain(3).undeleted().assign(2, 2, spec(2, 3, AT_ONCE)).story();
        behind.when(new RolloutCommand.MeetTrouble(2, new Trouble(Trouble.Kind.LATE, "a step further")))
                .then(new RolloutEvent.Assigned(
                        behind.state().assignment().orElseThrow(),
                        behind.state().layout(),
                        0));
    }

    @Test
    void whatKeepsTheFormerPodsFromBeingDeletedIsToldOnce() {
        var forbidden = new Trouble(Trouble.Kind.FORBIDDEN, "deployments.apps \"hello\" is forbidden");
        var clearing = plain(3).undeleted().assign(2, 2, spec(2, 3, AT_ONCE)).story();
        clearing.when(new RolloutCommand.MeetTrouble(2, forbidden)).then(new RolloutEvent.Hindered(2, forbidden));
        clearing.after(new RolloutCommand.MeetTrouble(2, forbidden))
                .when(new RolloutCommand.MeetTrouble(2, forbidden))
                .thenNothing();
    }

    /** Found by the simulation: an owner that is behind is told by the fence, and has to write something to learn it. */
    @Test
    void anotherTroubleWithWhatIsLeftBehindIsNews() {
        var unreachable = new Trouble(Trouble.Kind.UNREACHABLE, "no answer");
        var outrun = new Trouble(Trouble.Kind.OUTRUN, "is at generation 3");
        var done =
                blue(3, AT_ONCE).undeleted().assign(2, 2, spec(2, 3, AT_ONCE)).passing(Duration.ofHours(1));
        done.story()
                .after(new RolloutCommand.MeetTrouble(2, unreachable))
                .when(new RolloutCommand.MeetTrouble(2, outrun))
                .then(new RolloutEvent.Hindered(2, outrun));
    }

    @Test
    void anAbortTakesGreenAway() {
        blue(3, MANUAL)
                .assign(2, 2, spec(2, 3, MANUAL))
                .assign(assignment(3, 2, spec(2, 3, MANUAL), Directions.NONE.abort()))
                .then("blue:good*3 green:other*3 >blue (good)")
                .stands(Rollout.Stage.Aborted.class)
                .leaves("Deployment/hello-blue", "Service/hello");
    }

    @Test
    void anAbortThatComesAfterTheEndChangesNothing() {
        blue(3, AT_ONCE)
                .assign(2, 2, spec(2, 3, AT_ONCE))
                .assign(assignment(3, 2, spec(2, 3, AT_ONCE), Directions.NONE.abort()))
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello-blue", "Deployment/hello-green", "Service/hello")
                .passing(Duration.ofMinutes(5))
                .leaves("Deployment/hello-green", "Service/hello");
    }

    @Test
    void aScaleReachesBothColours() {
        blue(3, MANUAL)
                .assign(2, 2, spec(2, 3, MANUAL))
                .assign(assignment(3, 2, spec(2, 5, MANUAL), Directions.NONE))
                .then("blue:good*5 green:new*5 >blue (good)")
                .stands(Rollout.Stage.Holding.class);
    }

    // ---- between strategies

    @Test
    void aPlainDeploymentBecomesBlueFirst() {
        plain(3).assign(2, 2, spec(2, 3, AT_ONCE))
                .then(
                        "plain:good*3 blue:good*3 >plain (good)",
                        "plain:good*3 blue:good*3 >blue (good)",
                        "blue:good*3 >blue (good)",
                        "blue:good*3 green:new*3 >blue (good)",
                        "blue:good*3 green:new*3 >green")
                .passing(Duration.ofMinutes(5))
                .leaves("Deployment/hello-green", "Service/hello");
    }

    /** Before the plain one is copied there has to be room for the release itself. */
    @Test
    void roomForGreenIsLookedForBeforeAPlainDeploymentBecomesBlue() {
        var adopting = plain(3).story().after(new RolloutCommand.Assign(assignment(2, spec(2, 3, AT_ONCE))));
        assertThat(adopting.outstanding()).singleElement().isInstanceOfSatisfying(RolloutTask.Apply.class, apply -> {
            assertThat(apply.capacity()).isEqualTo(Strategy.CapacityCheck.ENFORCE);
            assertThat(apply.objects())
                    .extracting(KubernetesObject::name)
                    .containsExactly("hello", "hello", "hello-blue");
            assertThat(apply.later()).extracting(KubernetesObject::name).containsExactly("hello-green");
        });
        var beside = blue(3, AT_ONCE).story().after(new RolloutCommand.Assign(assignment(2, spec(2, 3, AT_ONCE))));
        assertThat(beside.outstanding())
                .singleElement()
                .isInstanceOfSatisfying(
                        RolloutTask.Apply.class,
                        apply -> assertThat(apply.later()).isEmpty());
    }

    /** A preview that there is no room to promote is not made: the colour's size is that of the promotion. */
    @Test
    void roomForAllOfGreenIsLookedForBeforeASmallPreviewComesUp() {
        var strategy = blueGreen(new Strategy.AutoPromotion.Manual(), Optional.of(1));
        var previewing =
                blue(3, strategy).story().after(new RolloutCommand.Assign(assignment(2, spec(2, 5, strategy))));
        assertThat(previewing.outstanding()).singleElement().isInstanceOfSatisfying(RolloutTask.Apply.class, apply -> {
            assertThat(pods(apply.objects())).containsExactly("hello-blue: 5", "hello-green: 1");
            assertThat(pods(apply.later())).containsExactly("hello-blue: 5", "hello-green: 5");
        });
    }

    private static List<String> pods(List<KubernetesObject> objects) {
        return objects.stream()
                .filter(KubernetesObject::isWorkload)
                .map(workload -> workload.name() + ": "
                        + workload.json().object("spec").number("replicas").orElseThrow())
                .toList();
    }

    /** The copy was never made, and making it to take it away again is not what anybody wants. */
    @Test
    void whatComesAfterARefusalForRoomMakesNoCopy() {
        var refused = plain(3).story()
                .after(new RolloutCommand.Assign(assignment(2, spec(2, 3, AT_ONCE))))
                .after(new RolloutCommand.MeetTrouble(
                        2, new Trouble(Trouble.Kind.INSUFFICIENT_CAPACITY, "pods needs 3, 2 are left")));
        new CourseStories.Run(refused)
                .assign(assignment(3, 2, spec(2, 3, AT_ONCE), Directions.NONE.abort()))
                .then("plain:good*3 >plain (good)")
                .stands(Rollout.Stage.Aborted.class)
                .leaves("Deployment/hello", "Service/hello");
        new CourseStories.Run(refused)
                .assign(3, 3, spec(3, 3, Strategy.AS_WRITTEN))
                .then("plain:new*3 >plain")
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello", "Service/hello");
    }

    @Test
    void rollingFromAColourComesUpBesideIt() {
        blue(3, AT_ONCE)
                .assign(2, 2, spec(2, 3, Strategy.AS_WRITTEN))
                .then("plain:new*3 blue:good*3 >blue (good)", "plain:new*3 blue:good*3 >plain")
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello", "Service/hello");
    }

    /** Found by the simulation: three had come to serve in blue, none was asked for and never heard of. */
    @Test
    void aNumberThatNeverGotThroughTakesNothingFromTheColourThatServes() {
        plain(3).interruptedAt("plain:good*3 blue:good*3 >blue (good)")
                .assign(2, 2, spec(2, 3, AT_ONCE))
                .assignUnheard(3, 3, spec(3, 0, AT_ONCE))
                .assign(4, 4, spec(4, 3, Strategy.AS_WRITTEN))
                .then(
                        "blue:good*3 green:other*0 >blue (good)",
                        "blue:good*3 >blue (good)",
                        "plain:new*3 blue:good*3 >blue (good)",
                        "plain:new*3 blue:good*3 >plain")
                .stands(Rollout.Stage.Completed.class);
    }

    /** Found by the simulation: it waited for ever for endpoints of a Service that was gone. */
    @Test
    void aServiceThatVanishesWhileItIsSwitchedBackIsWrittenAgain() {
        blue(3, AT_ONCE)
                .withoutServicesOf(Role.PLAIN)
                .assign(2, 2, spec(2, 3, Strategy.AS_WRITTEN))
                .then(
                        "plain:new*3 blue:good*3 >blue (good)",
                        "plain:new*3 blue:good*3 >plain",
                        "plain:new*3 blue:good*3 >plain")
                .stands(Rollout.Stage.Completed.class);
    }

    @Test
    void aCanaryFromAColourBeginsFromAPlainDeployment() {
        blue(4, AT_ONCE)
                .assign(2, 2, spec(2, 4, canary(weight(25), pause())))
                .then(
                        "plain:good*4 blue:good*4 >blue (good)",
                        "plain:good*4 blue:good*4 >plain (good)",
                        "plain:good*4 >plain (good)",
                        "plain:good*4 canary:new*1 >plain (good)",
                        "plain:good*3 canary:new*1 >plain (good)");
    }

    @Test
    void coloursFromACanaryThatIsWantedNoLongerBeginFromStable() {
        plain(4).assign(2, 2, spec(2, 4, canary(weight(50), pause())))
                .assign(3, 3, spec(3, 4, AT_ONCE))
                .stands(Rollout.Stage.Completed.class)
                .passing(Duration.ofMinutes(5))
                .leaves("Deployment/hello-green", "Service/hello");
    }

    /** Some data bear no two versions at once. */
    @Test
    void whoRecreatesHasNoTwoVersionsAtOnce() {
        var recreate = new Strategy.Recreate(Optional.empty());
        blue(3, AT_ONCE)
                .assign(2, 2, spec(2, 3, recreate))
                .then(
                        "plain:good*3 blue:good*3 >blue (good)",
                        "plain:good*3 blue:good*3 >plain (good)",
                        "plain:good*3 >plain (good)",
                        "plain:new*3 >plain")
                .leaves("Deployment/hello", "Service/hello");
        plain(4).assign(2, 2, spec(2, 4, canary(weight(25), pause())))
                .assign(3, 3, spec(3, 4, recreate))
                .then("plain:good*3 canary:other*1 >plain (good)", "plain:good*3 >plain (good)", "plain:new*4 >plain")
                .leaves("Deployment/hello", "Service/hello");
    }

    /** Without colours the Service would select the one that was kept for the way back, too. */
    @Test
    void aColourThatWasTakenOutDoesNotServeAgainWhenColoursAreLeft() {
        for (var other : List.of(Strategy.AS_WRITTEN, new Strategy.Recreate(Optional.empty()), canary(weight(50)))) {
            var left = new CourseStories.Run(kept())
                    .undeleted()
                    .assign(3, 3, spec(3, 3, other))
                    .then("green:good*3 >green (good)", "green:good*3 >green (good)");
            assertThat(left.story().state().position().clearing()).isTrue();
        }
    }

    /** The Services were on their way when somebody scaled it. */
    @Test
    void aSwitchIsToldThoughACommandComesInBetween() {
        var held = blue(3, MANUAL).assign(2, 2, spec(2, 3, MANUAL));
        var promoted = assignment(3, 2, spec(2, 3, MANUAL), Directions.NONE.promoted(1));
        var switching = held.interruptedAt(Role.GREEN).assign(promoted).stands(Rollout.Stage.Applying.class);
        var scaled = assignment(4, 2, spec(2, 5, MANUAL), Directions.NONE.promoted(1));
        var run = new CourseStories.Run(switching.story()).assign(scaled).stands(Rollout.Stage.Completed.class);
        assertThat(run.events()).filteredOn(Switched.class::isInstance).hasSize(1);
    }

    /** Who takes over what kubectl has made wants it replaced, not doubled. */
    @Test
    void aDeploymentOfSomebodyElseGoesWhenItsPlaceIsTakenByForce() {
        var spec = Samples.forcing(spec(1, 3, MANUAL));
        var run = new CourseStories.Run(RolloutStories.rollout()).undeleted().assign(1, 1, spec);
        assertThat(run.stands(Rollout.Stage.Completed.class).story().outstanding())
                .filteredOn(RolloutTask.Delete.class::isInstance)
                .singleElement()
                .satisfies(task -> {
                    var delete = (RolloutTask.Delete) task;
                    assertThat(delete.force()).isTrue();
                    assertThat(delete.objects()).extracting(ObjectKey::name).containsExactly("hello");
                });
    }

    /** As in row 16 of the walkthrough, where the Service names the version that it is for. */
    @Test
    void aServiceThatSelectsAVersionKeepsItsColourUntilTheSwitch() {
        var held = new CourseStories.Run(RolloutStories.rollout())
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

    private static ReleaseSpec versioned(String version) {
        var pods = Samples.labelled(Samples.deployment("hello", "hello:" + version, 2), "version", version);
        return Samples.withStrategy(
                Samples.spec(pods, Samples.selecting(Samples.service("hello"), "version", version)), MANUAL);
    }

    /** What the Service selects that was written last. */
    private static String selector(CourseStories.Run run) {
        return run.objects().stream()
                .filter(object -> object.kind().equals("Service"))
                .map(service -> CourseStories.selector(service).toString())
                .findFirst()
                .orElseThrow();
    }
}
