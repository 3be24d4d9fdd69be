package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.CourseStories.AT_ONCE;
import static dev.shiplog.domain.rollout.CourseStories.MANUAL;
import static dev.shiplog.domain.rollout.CourseStories.blue;
import static dev.shiplog.domain.rollout.CourseStories.blueGreen;
import static dev.shiplog.domain.rollout.CourseStories.canary;
import static dev.shiplog.domain.rollout.CourseStories.pause;
import static dev.shiplog.domain.rollout.CourseStories.plain;
import static dev.shiplog.domain.rollout.CourseStories.spec;
import static dev.shiplog.domain.rollout.CourseStories.weight;
import static dev.shiplog.domain.rollout.RolloutStories.assignment;
import static dev.shiplog.domain.rollout.RolloutStories.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Samples;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.RolloutEvent.Switched;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Row 17 of the walkthrough: what runs gets its first colour, if there is room for two. */
class FirstColoursTest {

    /** Somebody else's pods may be behind the Service until then. */
    @Test
    void theFirstReleaseIsBlueOnceItsPodsAreThere() {
        blue(3, MANUAL)
                .then("blue:new*3 >nobody", "blue:new*3 >blue")
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello-blue", "Service/hello");
    }

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

    /** The copy was never made, and making it to take it away again is not what anybody wants. */
    @Test
    void whatComesAfterARefusalForRoomMakesNoCopy() {
        var refused = plain(3).story()
                .after(new RolloutCommand.Assign(assignment(2, spec(2, 3, AT_ONCE))))
                .after(new RolloutCommand.MeetTrouble(
                        2, new Trouble(Trouble.Kind.INSUFFICIENT_CAPACITY, "pods needs 3, 2 are left")));
        new Run(refused)
                .assign(assignment(3, 2, spec(2, 3, AT_ONCE), Directions.NONE.abort()))
                .then("plain:good*3 >plain (good)")
                .stands(Rollout.Stage.Aborted.class)
                .leaves("Deployment/hello", "Service/hello");
        new Run(refused)
                .assign(3, 3, spec(3, 3, Strategy.AS_WRITTEN))
                .then("plain:new*3 >plain")
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello", "Service/hello");
    }

    /** Who takes over what kubectl has made wants it replaced, not doubled. */
    @Test
    void aDeploymentOfSomebodyElseGoesWhenItsPlaceIsTakenByForce() {
        var spec = Samples.forcing(spec(1, 3, MANUAL));
        var run = new Run(RolloutStories.rollout()).undeleted().assign(1, 1, spec);
        assertThat(run.stands(Rollout.Stage.Completed.class).story().outstanding())
                .filteredOn(RolloutTask.Delete.class::isInstance)
                .singleElement()
                .satisfies(task -> {
                    var delete = (RolloutTask.Delete) task;
                    assertThat(delete.force()).isTrue();
                    assertThat(delete.objects()).extracting(ObjectKey::name).containsExactly("hello");
                });
    }

    @Test
    void coloursFromACanaryThatIsWantedNoLongerBeginFromStable() {
        plain(4).assign(2, 2, spec(2, 4, canary(weight(50), pause())))
                .assign(3, 3, spec(3, 4, AT_ONCE))
                .stands(Rollout.Stage.Completed.class)
                .passing(Duration.ofMinutes(5))
                .leaves("Deployment/hello-green", "Service/hello");
    }

    @Test
    void aPlainDeploymentWithTheSamePodsIsDoneWhenItIsBlue() {
        plain(3).assign(2, 2, spec(1, 3, MANUAL))
                .then("plain:good*3 blue:new*3 >plain (good)", "plain:good*3 blue:new*3 >blue")
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello-blue", "Service/hello");
    }

    /** There is none to have room for twice. */
    @Test
    void theFirstColourNeedsNoRoomBesideItself() {
        var first = rollout().after(new RolloutCommand.Assign(assignment(1, spec(1, 3, AT_ONCE))));
        assertThat(first.outstanding())
                .singleElement()
                .isInstanceOfSatisfying(
                        RolloutTask.Apply.class,
                        apply -> assertThat(apply.capacity()).isEqualTo(Strategy.CapacityCheck.OFF));
    }

    @Test
    void becomingBlueIsToldAsASwitch() {
        var run = plain(3).assign(2, 2, spec(2, 3, MANUAL));
        assertThat(run.events())
                .filteredOn(Switched.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    assertThat(((Switched) event).from()).isEqualTo(Role.PLAIN);
                    assertThat(((Switched) event).to()).isEqualTo(Role.BLUE);
                });
    }

    private static List<String> pods(List<KubernetesObject> objects) {
        return objects.stream()
                .filter(KubernetesObject::isWorkload)
                .map(workload -> workload.name() + ": "
                        + workload.json().object("spec").number("replicas").orElseThrow())
                .toList();
    }
}
