package dev.shiplog.engine.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationCommand.Report;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.engine.ActorLimits;
import dev.shiplog.engine.ConfigMaps;
import dev.shiplog.engine.HeldJournal;
import dev.shiplog.engine.RememberingCodec;
import dev.shiplog.engine.Surroundings;
import dev.shiplog.engine.Timings;
import dev.shiplog.engine.cluster.Reported;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A fleet of two: the one reports again and again what it has left, the other has not heard what it is to do. */
class RemindingTest {

    private static final ApplicationName HELLO = ApplicationName.parse("default/hello");
    private static final Fleet FLEET = Fleet.of(List.of(new Cluster("eu", Map.of()), new Cluster("us", Map.of())));
    private static final Duration REMINDER = Duration.ofMillis(500);
    private static final Duration BETWEEN_REPORTS = Duration.ofMillis(20);

    private final ActorTestKit kit = ActorTestKit.create(HeldJournal.CONFIG);
    private final CountDownLatch asked = new CountDownLatch(2);

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void whoReportsAllTheTimeKeepsNobodyFromBeingAskedAgain() throws Exception {
        var application = kit.spawn(ApplicationActor.of(
                HELLO,
                new Surroundings(
                        Clock.systemUTC(),
                        new Timings(Duration.ofSeconds(30), REMINDER, Timings.DEFAULT.retry()),
                        ActorLimits.USUAL,
                        () -> FLEET,
                        this::assign,
                        (cluster, sighting) -> {},
                        new RememberingCodec<>(),
                        new RememberingCodec<>()),
                kit.createTestProbe(Applications.Message.class).ref()));
        application.tell(new ApplicationActor.Submit(
                release(), kit.createTestProbe(Outcome.class).ref()));

        assertThat(asked.await(15, TimeUnit.SECONDS)).isTrue();
    }

    private void assign(Assignment assignment, ActorRef<Reported> reportTo) {
        if (assignment.cluster().equals("us")) {
            asked.countDown();
            return;
        }
        var left = new Reported(
                new Report(
                        "eu", assignment.generation(), new Result.Completed(Optional.empty(), Optional.empty(), true)),
                "");
        kit.spawn(Behaviors.<Reported>withTimers(timers -> {
            timers.startTimerWithFixedDelay(left, BETWEEN_REPORTS);
            return Behaviors.receiveMessage(report -> {
                reportTo.tell(report);
                return Behaviors.same();
            });
        }));
    }

    private static Asked<ApplicationCommand> release() {
        return new Asked<>(
                new CommandId("test", "1"),
                Principal.claimed("ada"),
                "",
                Clock.systemUTC().instant(),
                "test",
                FLEET,
                new ApplicationCommand.Apply(ConfigMaps.release("hello"), ""));
    }
}
