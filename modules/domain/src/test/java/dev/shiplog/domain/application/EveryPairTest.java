package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.hello;
import static dev.shiplog.domain.Samples.withStrategy;
import static dev.shiplog.domain.application.ApplicationStories.BLUE_GREEN;
import static dev.shiplog.domain.application.ApplicationStories.CANARY;
import static dev.shiplog.domain.application.ApplicationStories.abort;
import static dev.shiplog.domain.application.ApplicationStories.application;
import static dev.shiplog.domain.application.ApplicationStories.apply;
import static dev.shiplog.domain.application.ApplicationStories.completed;
import static dev.shiplog.domain.application.ApplicationStories.delete;
import static dev.shiplog.domain.application.ApplicationStories.failed;
import static dev.shiplog.domain.application.ApplicationStories.pause;
import static dev.shiplog.domain.application.ApplicationStories.promote;
import static dev.shiplog.domain.application.ApplicationStories.removed;
import static dev.shiplog.domain.application.ApplicationStories.reportedEverywhere;
import static dev.shiplog.domain.application.ApplicationStories.restart;
import static dev.shiplog.domain.application.ApplicationStories.resume;
import static dev.shiplog.domain.application.ApplicationStories.retry;
import static dev.shiplog.domain.application.ApplicationStories.running;
import static dev.shiplog.domain.application.ApplicationStories.scale;
import static dev.shiplog.domain.application.ApplicationStories.served;
import static dev.shiplog.domain.application.ApplicationStories.setImage;
import static dev.shiplog.domain.application.ApplicationStories.switchTo;
import static dev.shiplog.domain.application.ApplicationStories.undo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Story;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.fleet.ClusterSelection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every command in every situation an application can be in: it is judged without an exception, what follows can be
 * replayed, final results stay, revisions and generations only grow, also those of each cluster, and it has an outcome that stays.
 */
class EveryPairTest {

    private static Map<String, Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask>> situations() {
        var all =
                new LinkedHashMap<String, Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask>>();
        var released = application().after(apply(hello("hello:1.0.0")));
        all.put("nothing there", application());
        all.put("owed", released);
        all.put(
                "one cluster done",
                released.byShiplog().after(completed("gke-seoul", 1)).byMira());
        all.put("completed", running());
        all.put("failed", reportedEverywhere(released, new Result.Failed(ApplicationStories.IMAGE_PULL)));
        var canary = running().after(apply(withStrategy(hello("hello:2.0.0"), CANARY)));
        var held = reportedEverywhere(canary, new Result.Held(1, Optional.empty(), Optional.empty()));
        all.put("held", held);
        all.put("promoted", held.after(promote(false)));
        all.put("aborting", held.after(abort()));
        all.put("aborted", reportedEverywhere(held.after(abort()), new Result.Aborted()));
        var blueGreen = running().after(apply(withStrategy(served("hello:2.0.0"), BLUE_GREEN)));
        all.put(
                "previewed",
                reportedEverywhere(blueGreen, new Result.Held(0, Optional.empty(), Optional.of(Role.GREEN))));
        all.put(
                "switched",
                reportedEverywhere(
                        blueGreen,
                        new Result.Completed(
                                Optional.of(Role.GREEN), Optional.of(Story.BEGINNING.plusSeconds(600)), false)));
        all.put("paused", running().after(setImage("hello", "hello:2.0.0"), pause()));
        all.put(
                "paused and completed",
                ApplicationStories.completedEverywhere(running().after(pause())));
        all.put("superseding", released.after(apply(hello("hello:2.0.0"))));
        all.put("removing", running().after(delete()));
        all.put(
                "removal failed",
                reportedEverywhere(running().after(delete()), new Result.Failed(ApplicationStories.IMAGE_PULL)));
        all.put("removed", reportedEverywhere(running().after(delete()), new Result.Removed()));
        all.put("released again", all.get("removed").after(apply(hello("hello:1.0.0"))));
        return all;
    }

    private static List<ApplicationCommand> commands(Application application) {
        int generation = application.generation();
        return List.of(
                apply(hello("hello:1.0.0")),
                apply(hello("hello:3.0.0")),
                scale(5),
                setImage("hello", "hello:4.0.0"),
                pause(),
                resume(),
                undo(),
                ApplicationStories.undoTo(1),
                ApplicationStories.undoTo(Story.BEGINNING.plusSeconds(30)),
                restart(),
                delete(),
                promote(false),
                promote(true),
                abort(),
                retry(),
                switchTo(Role.GREEN),
                switchTo(Role.BLUE),
                new ApplicationCommand.Switch(ClusterSelection.ALL, Role.BLUE, true),
                new ApplicationCommand.Retry(ClusterSelection.ALL, true),
                new ApplicationCommand.Abort(ClusterSelection.ALL, true),
                new ApplicationCommand.Report(
                        "gke-seoul", generation, new Result.Held(1, Optional.empty(), Optional.empty())),
                new ApplicationCommand.Report("gke-seoul", generation, new Result.Aborted()),
                completed("gke-seoul", generation),
                failed("gke-seoul", generation),
                removed("gke-seoul", generation),
                completed("gke-seoul", 0));
    }

    @TestFactory
    Stream<DynamicTest> everyCommandInEverySituation() {
        return situations().entrySet().stream()
                .flatMap(situation -> commands(situation.getValue().state()).stream()
                        .map(command -> DynamicTest.dynamicTest(
                                situation.getKey() + ": " + command.getClass().getSimpleName(),
                                () -> check(situation.getValue(), command))));
    }

    private static void check(
            Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> before,
            ApplicationCommand command) {
        boolean ours = command instanceof ApplicationCommand.Report;
        var story = ours ? before.byShiplog() : before;
        var after = story.when(command).goOn();
        assertThat(after.state().revision())
                .isGreaterThanOrEqualTo(before.state().revision());
        assertThat(after.state().generation())
                .isGreaterThanOrEqualTo(before.state().generation());
        before.state().targets().forEach((cluster, target) -> {
            var then = after.state().targets().get(cluster);
            if (then != null) {
                assertThat(then.generation()).as("the fence").isGreaterThanOrEqualTo(target.generation());
            }
        });
        before.state().progress().forEach((revision, progress) -> {
            if (progress.result().isFinal()) {
                assertThat(after.state().result(revision)).isEqualTo(progress.result());
            }
        });
        assertThat(after.state().outcomes().size())
                .isEqualTo(before.state().outcomes().size() + (ours ? 0 : 1));
        after.outstanding()
                .forEach(task -> assertThat(((ApplicationTask.Carry) task).generation())
                        .isLessThanOrEqualTo(after.state().generation()));
    }

    @Test
    void theListOfCommandsIsComplete() {
        var tried = commands(Application.NONE).stream()
                .<Class<?>>map(ApplicationCommand::getClass)
                .distinct()
                .toList();
        assertThat(tried).containsExactlyInAnyOrderElementsOf(permitted(ApplicationCommand.class));
    }

    @Test
    void theSituationsHaveEveryStandingATargetCanHave() {
        var standings = situations().values().stream()
                .flatMap(story -> story.state().targets().values().stream())
                .<Class<?>>map(target -> target.standing().getClass())
                .distinct()
                .toList();
        assertThat(standings).containsExactlyInAnyOrderElementsOf(permitted(Target.Standing.class));
    }

    @Test
    void everyEventHappensInSomeStory() {
        var seen = new java.util.HashSet<Class<?>>();
        situations().values().forEach(story -> {
            story.events().forEach(event -> seen.add(event.getClass()));
            for (var command : commands(story.state())) {
                var teller = command instanceof ApplicationCommand.Report ? story.byShiplog() : story;
                teller.when(command).goOn().events().forEach(event -> seen.add(event.getClass()));
            }
        });
        assertThat(seen).containsAll(permitted(ApplicationEvent.class));
    }

    private static List<Class<?>> permitted(Class<?> sealed) {
        return List.of(sealed.getPermittedSubclasses());
    }
}
