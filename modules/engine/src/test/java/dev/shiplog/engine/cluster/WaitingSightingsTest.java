package dev.shiplog.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.engine.ActorLimits;
import dev.shiplog.engine.ConfigMaps;
import dev.shiplog.engine.FakeCluster;
import dev.shiplog.engine.HeldJournal;
import dev.shiplog.engine.RememberingCodec;
import dev.shiplog.engine.Surroundings;
import dev.shiplog.engine.Timings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rollout whose journal hangs, and more sightings than may wait for it. */
class WaitingSightingsTest {

    private static final ApplicationName HELLO = ApplicationName.parse("default/hello");
    private static final int TOO_MANY = 200;

    private static final ActorLimits LIMITS = new ActorLimits(1_024, 30, Duration.ofSeconds(60));

    private final ActorTestKit kit = ActorTestKit.create(HeldJournal.CONFIG);
    private final HeldJournal journal = new HeldJournal(kit.system());
    private final FakeCluster cluster = new FakeCluster("eu", sighting -> {});
    private final ActorRef<ClusterActor.Message> parent =
            kit.createTestProbe(ClusterActor.Message.class).ref();
    private final ActorRef<RolloutActor.Message> rollout = kit.spawn(RolloutActor.of(
            "eu",
            HELLO,
            cluster,
            new Surroundings(
                    Clock.systemUTC(),
                    Timings.DEFAULT,
                    LIMITS,
                    () -> Fleet.of(List.of()),
                    (assignment, reportTo) -> {},
                    (name, sighting) -> {},
                    new RememberingCodec<>(),
                    new RememberingCodec<>()),
            parent));

    @AfterEach
    void stop() {
        journal.open();
        kit.shutdownTestKit();
    }

    @Test
    void asManyAsMayWaitAreHeardAndTheRestIsLeftOutUntilTheApplicationAsksAgain() throws Exception {
        var told = kit.createTestProbe(Reported.class);
        var leftOut = kit.createDroppedMessageProbe();
        rollout.tell(new RolloutActor.Assigned(assignment(), told.ref()));
        journal.awaitWrite();
        for (int i = 0; i < LIMITS.rolloutMessages() + TOO_MANY; i++) {
            rollout.tell(new RolloutActor.Answered(new RolloutCommand.Observe(
                    Observation.nothing(HELLO, "eu", Clock.systemUTC().instant()))));
        }
        leftOut.receiveSeveralMessages(TOO_MANY, Duration.ofSeconds(30));
        journal.open();
        cluster.awaitApplied(1);

        rollout.tell(new RolloutActor.Assigned(assignment(), told.ref()));
        assertThat(told.receiveMessage(Duration.ofSeconds(30)).report().result())
                .isInstanceOf(Result.Completed.class);
    }

    /** Nothing to wait for: it is done when it is written. */
    static Assignment assignment() {
        return assignment("conf", 1);
    }

    static Assignment assignment(String object, int generation) {
        return new Assignment(
                HELLO,
                "eu",
                generation,
                generation,
                List.of(ConfigMaps.named(object)),
                Strategy.AS_WRITTEN,
                Directions.NONE,
                false,
                false,
                false,
                "");
    }
}
