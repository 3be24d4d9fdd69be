package dev.shiplog.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.engine.ActorLimits;
import dev.shiplog.engine.HeldJournal;
import dev.shiplog.engine.RememberingCodec;
import dev.shiplog.engine.Surroundings;
import dev.shiplog.engine.Timings;
import dev.shiplog.engine.WritingGateway;
import dev.shiplog.engine.stream.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rollout that is done, and its cluster keeps what is to go: the application asks until it has gone. */
class HinderedRolloutTest {

    private static final ApplicationName HELLO = ApplicationName.parse("default/hello");
    private static final ActorLimits LIMITS = new ActorLimits(1_024, 30, Duration.ofSeconds(60));
    private static final Timings TIMINGS = new Timings(
            Duration.ofSeconds(30), Duration.ofMillis(200), new Backoff(Duration.ofMillis(500), Duration.ofSeconds(1)));

    private final ActorTestKit kit = ActorTestKit.create(HeldJournal.CONFIG);
    private final HeldJournal journal = new HeldJournal(kit.system());
    private final CompletableFuture<Void> deleted = new CompletableFuture<>();

    @AfterEach
    void stop() {
        journal.open();
        kit.shutdownTestKit();
    }

    @Test
    void itTellsWhatItLeavesAndWhenThatIsGoneThoughThereWasNoRoomForTheWordThatItsPauseIsOver() throws Exception {
        journal.open();
        var told = kit.createTestProbe(Reported.class);
        var leftOut = kit.createDroppedMessageProbe();
        var rollout = rollout(new HoldingOn());
        rollout.tell(new RolloutActor.Assigned(WaitingSightingsTest.assignment("first", 1), told.ref()));
        told.receiveMessage(Duration.ofSeconds(30));
        rollout.tell(new RolloutActor.Assigned(WaitingSightingsTest.assignment("second", 2), told.ref()));
        leftOut.fishForMessage(
                Duration.ofSeconds(30),
                dropped -> dropped.message().toString().contains(RolloutActor.Retry.RETRY.toString())
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());

        journal.open();
        assertThat(told.receiveMessage(Duration.ofSeconds(30)).report().result())
                .isEqualTo(new Result.Completed(Optional.empty(), Optional.empty(), true));
        assertThat(deleted).isNotDone();
        rollout.tell(new RolloutActor.Assigned(WaitingSightingsTest.assignment("second", 2), told.ref()));
        deleted.get(30, TimeUnit.SECONDS);
        told.fishForMessage(
                Duration.ofSeconds(30),
                again -> again.report().result().equals(new Result.Completed())
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
    }

    @Test
    void whatHasGoneIsNotedAtOnceAndOnlyTheRestIsTriedAgain() throws Exception {
        journal.open();
        var told = kit.createTestProbe(Reported.class);
        var gateway = new HoldingOne();
        var rollout = rollout(gateway);
        for (var object : List.of("stays", "goes", "new")) {
            int generation = gateway.released.incrementAndGet();
            rollout.tell(new RolloutActor.Assigned(WaitingSightingsTest.assignment(object, generation), told.ref()));
            told.fishForMessage(
                    Duration.ofSeconds(30),
                    report -> report.report().generation() == generation
                            ? FishingOutcomes.complete()
                            : FishingOutcomes.continueAndIgnore());
        }
        assertThat(gateway.rest.get(30, TimeUnit.SECONDS)).singleElement().hasToString("ConfigMap stays");

        told.fishForMessage(
                Duration.ofSeconds(30),
                again -> again.report().result().equals(new Result.Completed())
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
    }

    private ActorRef<RolloutActor.Message> rollout(ClusterGateway gateway) {
        return kit.spawn(RolloutActor.of(
                "eu",
                HELLO,
                gateway,
                new Surroundings(
                        Clock.systemUTC(),
                        TIMINGS,
                        LIMITS,
                        () -> Fleet.of(List.of()),
                        (assignment, reportTo) -> {},
                        (name, sighting) -> {},
                        new RememberingCodec<>(),
                        new RememberingCodec<>()),
                kit.createTestProbe(ClusterActor.Message.class).ref()));
    }

    /** What the second release leaves goes, what the first has left only when it is asked for alone, of the third release. */
    private static final class HoldingOne extends WritingGateway {

        private final AtomicInteger released = new AtomicInteger();
        private final CompletableFuture<Set<ObjectKey>> rest = new CompletableFuture<>();

        @Override
        public void delete(RolloutTask.Delete task, Consumer<RolloutCommand> answer) {
            boolean isAlone = task.generation() == 3 && task.objects().size() == 1;
            if (isAlone) {
                answer.accept(new RolloutCommand.ConfirmDeleted(task.generation(), task.objects()));
                rest.complete(task.objects());
                return;
            }
            var going = task.objects().stream()
                    .filter(object -> object.name().equals("goes"))
                    .collect(Collectors.toSet());
            if (!going.isEmpty()) {
                answer.accept(new RolloutCommand.ConfirmDeleted(task.generation(), going));
            }
            answer.accept(new RolloutCommand.MeetTrouble(
                    task.generation(), new Trouble(Trouble.Kind.UNKNOWN, "held by a finalizer")));
        }
    }

    /** Deletes at the second attempt; after the first the journal hangs, and more has been seen than may wait. */
    private final class HoldingOn extends WritingGateway {

        private boolean isFirst = true;

        @Override
        public void delete(RolloutTask.Delete task, Consumer<RolloutCommand> answer) {
            if (isFirst) {
                isFirst = false;
                journal.hold();
                answer.accept(new RolloutCommand.MeetTrouble(
                        task.generation(), new Trouble(Trouble.Kind.UNREACHABLE, "no route to host")));
                for (int seen = 0; seen < LIMITS.rolloutMessages(); seen++) {
                    answer.accept(new RolloutCommand.Observe(
                            Observation.nothing(HELLO, "eu", Clock.systemUTC().instant())));
                }
            } else {
                answer.accept(new RolloutCommand.ConfirmDeleted(task.generation(), task.objects()));
                deleted.complete(null);
            }
        }
    }
}
