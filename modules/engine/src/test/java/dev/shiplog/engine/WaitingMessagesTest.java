package dev.shiplog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.engine.application.ApplicationActor;
import dev.shiplog.engine.application.Applications;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A journal that doesn't answer, and more messages than may wait for it. */
class WaitingMessagesTest {

    private static final ApplicationName HELLO = ApplicationName.parse("default/hello");
    private static final int WAITING = 1_024;
    private static final int TOO_MANY = 300;

    private final ActorTestKit kit = ActorTestKit.create(PersistenceTestKitPlugin.getInstance()
            .config()
            .withFallback(ConfigFactory.parseString("pekko.persistence.testkit.events.serialize = off"))
            .withFallback(ConfigFactory.load()));
    private final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    private final ActorRef<Applications.Message> applications = kit.spawn(Applications.of(new Surroundings(
            Clock.systemUTC(),
            Timings.DEFAULT,
            () -> Fleet.of(List.of()),
            (assignment, reportTo) -> {},
            (cluster, sighting) -> {},
            new RememberingCodec<>(),
            new RememberingCodec<>())));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void asManyAsMayWaitAreAnsweredInTheEndAndTheOthersWhenTheyComeAgain() throws Exception {
        var asked = new CountDownLatch(1);
        var opened = new CountDownLatch(1);
        journal.withPolicy((stream, operation) -> {
            if (operation instanceof WriteEvents) {
                asked.countDown();
                awaitUninterruptibly(opened);
            }
            return ProcessingSuccess.getInstance();
        });
        var leftOut = kit.createDroppedMessageProbe();
        var early = kit.createTestProbe(Outcome.class);
        var late = kit.createTestProbe(Outcome.class);
        submit(0, early.ref());
        asked.await();
        for (int i = 1; i <= WAITING; i++) {
            submit(i, early.ref());
        }
        for (int i = 1; i <= TOO_MANY; i++) {
            submit(WAITING + i, late.ref());
        }
        leftOut.receiveSeveralMessages(TOO_MANY, Duration.ofSeconds(30));
        opened.countDown();
        early.receiveSeveralMessages(1 + WAITING, Duration.ofMinutes(1));
        early.expectNoMessage(Duration.ZERO);
        late.expectNoMessage(Duration.ofMillis(100));

        submit(WAITING + TOO_MANY, late.ref());
        assertThat(late.receiveMessage(Duration.ofSeconds(30))).isInstanceOf(Outcome.Refused.class);
    }

    private void submit(int number, ActorRef<Outcome> replyTo) {
        var asked = new Asked<ApplicationCommand>(
                new CommandId("test", String.valueOf(number)),
                Principal.claimed("ada"),
                "",
                Clock.systemUTC().instant(),
                "test",
                Fleet.of(List.of()),
                new ApplicationCommand.Pause(ClusterSelection.ALL));
        applications.tell(new Applications.Tell(HELLO, new ApplicationActor.Submit(asked, replyTo)));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
