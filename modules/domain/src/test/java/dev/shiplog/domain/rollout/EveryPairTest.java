package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.RolloutStories.INVALID;
import static dev.shiplog.domain.rollout.RolloutStories.UNREACHABLE;
import static dev.shiplog.domain.rollout.RolloutStories.applied;
import static dev.shiplog.domain.rollout.RolloutStories.assign;
import static dev.shiplog.domain.rollout.RolloutStories.assignRemoval;
import static dev.shiplog.domain.rollout.RolloutStories.completed;
import static dev.shiplog.domain.rollout.RolloutStories.healthy;
import static dev.shiplog.domain.rollout.RolloutStories.observe;
import static dev.shiplog.domain.rollout.RolloutStories.rolling;
import static dev.shiplog.domain.rollout.RolloutStories.rollout;
import static dev.shiplog.domain.rollout.RolloutStories.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Story;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmDeleted;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every command at every stage, of the generation that is current, of an older and of a newer one. */
class EveryPairTest {

    private static List<Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask>> stages() {
        var removing = completed().after(assignRemoval(2));
        return List.of(
                rollout(),
                rollout().after(assign(1)),
                rollout().after(assign(1), trouble(1, UNREACHABLE)),
                rolling(),
                completed(),
                rollout().after(assign(1), trouble(1, INVALID)),
                CourseStories.held(),
                CourseStories.aborted(),
                CourseStories.kept(),
                removing,
                removing.after(trouble(2, UNREACHABLE)),
                removing.after(new ConfirmDeleted(2, removing.state().written())));
    }

    private static List<RolloutCommand> commands(Rollout rollout, int generation) {
        return List.of(
                assign(generation),
                assignRemoval(generation),
                applied(generation),
                new RolloutCommand.PassTime(),
                new ConfirmDeleted(generation, rollout.written()),
                trouble(generation, UNREACHABLE),
                trouble(generation, INVALID),
                observe(generation, healthy(generation)),
                observe(generation));
    }

    @TestFactory
    Stream<DynamicTest> everyCommandAtEveryStage() {
        return stages().stream()
                .flatMap(story -> Stream.of(-1, 0, 1)
                        .flatMap(off -> commands(story.state(), story.state().generation() + off).stream()
                                .map(command -> DynamicTest.dynamicTest(
                                        story.state().stage() + ", generation " + (off < 0 ? "" : "+") + off + ": "
                                                + command.getClass().getSimpleName(),
                                        () -> check(story, command)))));
    }

    private static void check(
            Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> before, RolloutCommand command) {
        var after = before.when(command).accepted();
        assertThat(after.state().generation())
                .isGreaterThanOrEqualTo(before.state().generation());
        boolean ended = before.state().stage() instanceof Rollout.Stage.Completed
                || before.state().stage() instanceof Rollout.Stage.Aborted
                || before.state().stage() instanceof Rollout.Stage.Failed
                || before.state().stage() instanceof Rollout.Stage.Removed;
        if (ended && after.state().generation() == before.state().generation()) {
            assertThat(after.state().stage().getClass())
                    .isEqualTo(before.state().stage().getClass());
        }
        after.when(command).thenNothing();
    }

    @Test
    void theStagesAndCommandsAreComplete() {
        assertThat(stages().stream()
                        .<Class<?>>map(story -> story.state().stage().getClass())
                        .distinct()
                        .toList())
                .containsExactlyInAnyOrder(Rollout.Stage.class.getPermittedSubclasses());
        assertThat(commands(Rollout.NONE, 1).stream()
                        .<Class<?>>map(RolloutCommand::getClass)
                        .distinct()
                        .toList())
                .containsExactlyInAnyOrder(RolloutCommand.class.getPermittedSubclasses());
    }
}
