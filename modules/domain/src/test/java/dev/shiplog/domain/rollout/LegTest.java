package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.CourseStories.canary;
import static dev.shiplog.domain.rollout.CourseStories.pause;
import static dev.shiplog.domain.rollout.CourseStories.plain;
import static dev.shiplog.domain.rollout.CourseStories.spec;
import static dev.shiplog.domain.rollout.CourseStories.weight;
import static dev.shiplog.domain.rollout.RolloutStories.applied;
import static dev.shiplog.domain.rollout.RolloutStories.assignment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Story;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.RolloutEvent.Applied;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each layout of a generation is a leg of its own, so that what is told or seen of one is not taken for the next. */
class LegTest {

    private static final Strategy CANARY = canary(weight(25), pause());

    @Test
    void theNextLayoutOfAGenerationIsTheNextLeg() {
        assertThat(legs(first())).containsOnly(Optional.empty());
        assertThat(first().outstanding())
                .singleElement()
                .isInstanceOfSatisfying(
                        RolloutTask.Apply.class,
                        apply -> assertThat(apply.leg()).isZero());
        assertThat(legs(second())).containsOnly(Optional.of("1"));
        assertThat(second().outstanding())
                .singleElement()
                .isInstanceOfSatisfying(
                        RolloutTask.Apply.class,
                        apply -> assertThat(apply.leg()).isEqualTo(1));
    }

    @Test
    void theNextGenerationBeginsWithTheFirst() {
        var scaled = second().after(new RolloutCommand.Assign(assignment(3, 2, spec(2, 8, CANARY), Directions.NONE)));
        assertThat(legs(scaled)).containsOnly(Optional.empty());
    }

    /** A late answer, or one that comes twice: the present layout is still to be written. */
    @Test
    void thatAnotherLegIsWrittenSaysNothingAboutThisOne() {
        second().when(applied(2, 0))
                .thenNothing()
                .when(applied(2, 2))
                .thenNothing()
                .when(applied(2, 1))
                .then(new Applied(2));
    }

    /** It is the same layout still. */
    @Test
    void whatIsWrittenOnceMoreIsOfTheSameLeg() {
        var vanished =
                second().after(applied(2, 1)).after(RolloutStories.observe(Story.BEGINNING.plusSeconds(86_400), 2));
        assertThat(vanished.state().stage()).isInstanceOf(Rollout.Stage.Applying.class);
        assertThat(legs(vanished)).containsOnly(Optional.of("1"));
    }

    private static Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> first() {
        return about("plain:good*4 canary:new*1 >plain (good)");
    }

    private static Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> second() {
        return about("plain:good*3 canary:new*1 >plain (good)");
    }

    private static Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> about(String layout) {
        return plain(4).interruptedAt(layout).assign(2, 2, spec(2, 4, CANARY)).story();
    }

    private static List<Optional<String>> legs(Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> story) {
        return story.state().objects().stream().map(LegTest::leg).toList();
    }

    private static Optional<String> leg(KubernetesObject object) {
        return object.json().object("metadata").object("annotations").text(Rendering.LEG);
    }
}
