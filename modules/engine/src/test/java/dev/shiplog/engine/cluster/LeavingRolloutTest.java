package dev.shiplog.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.engine.ActorLimits;
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

/** A rollout that leaves while its journal hangs, and more messages for it than are kept for its successor. */
class LeavingRolloutTest {

    private static final ApplicationName HELLO = ApplicationName.parse("default/hello");
    private static final ActorLimits LIMITS = new ActorLimits(1_024, 30, Duration.ofSeconds(60));
    private static final int TOO_MANY = 200;

    private final ActorTestKit kit = ActorTestKit.create(HeldJournal.CONFIG);
    private final HeldJournal journal = new HeldJournal(kit.system());

    @AfterEach
    void stop() {
        journal.open();
        kit.shutdownTestKit();
    }

    @Test
    void asManyAsAreKeptAreHeardByItsSuccessorAndTheOthersWhenTheyComeAgain() {
        var leftOut = kit.createDroppedMessageProbe();
        var early = kit.createTestProbe(Reported.class);
        var late = kit.createTestProbe(Reported.class);
        var cluster = cluster();
        var assignment = WaitingSightingsTest.assignment();
        cluster.tell(new ClusterActor.Assign(assignment, early.ref()));
        journal.awaitWrite();
        cluster.tell(new ClusterActor.Leave(HELLO));
        for (int kept = 0; kept < LIMITS.rolloutMessages(); kept++) {
            cluster.tell(new ClusterActor.Assign(assignment, early.ref()));
        }
        for (int over = 0; over < TOO_MANY; over++) {
            cluster.tell(new ClusterActor.Assign(assignment, late.ref()));
        }
        leftOut.receiveSeveralMessages(TOO_MANY, Duration.ofSeconds(30));

        journal.open();
        assertThat(early.receiveMessage(Duration.ofMinutes(1)).report().result())
                .isInstanceOf(Result.Completed.class);
        late.expectNoMessage(Duration.ofMillis(100));

        cluster.tell(new ClusterActor.Assign(assignment, late.ref()));
        assertThat(late.receiveMessage(Duration.ofSeconds(30)).report().result())
                .isInstanceOf(Result.Completed.class);
    }

    /** As many wait for it as may when it is asked to stop: that is left out, and it is asked again. */
    @Test
    void whoHadNoRoomForTheWordToStopIsToldAgain() {
        var leftOut = kit.createDroppedMessageProbe();
        var early = kit.createTestProbe(Reported.class);
        var late = kit.createTestProbe(Reported.class);
        var cluster = cluster();
        var assignment = WaitingSightingsTest.assignment();
        cluster.tell(new ClusterActor.Assign(assignment, early.ref()));
        journal.awaitWrite();
        for (int waiting = 0; waiting < LIMITS.rolloutMessages(); waiting++) {
            cluster.tell(new ClusterActor.Assign(assignment, early.ref()));
        }
        cluster.tell(new ClusterActor.Leave(HELLO));
        leftOut.receiveMessage(Duration.ofSeconds(30));

        journal.open();
        early.receiveMessage(Duration.ofMinutes(1));
        cluster.tell(new ClusterActor.Assign(assignment, late.ref()));
        assertThat(late.receiveMessage(Duration.ofSeconds(30)).report().result())
                .isInstanceOf(Result.Completed.class);
    }

    private ActorRef<ClusterActor.Message> cluster() {
        return kit.spawn(ClusterActor.of(
                "eu",
                FakeCluster::new,
                new Surroundings(
                        Clock.systemUTC(),
                        Timings.DEFAULT,
                        LIMITS,
                        () -> Fleet.of(List.of()),
                        (assignment, reportTo) -> {},
                        (name, sighting) -> {},
                        new RememberingCodec<>(),
                        new RememberingCodec<>())));
    }
}
