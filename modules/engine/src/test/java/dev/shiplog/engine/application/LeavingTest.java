package dev.shiplog.engine.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.fleet.Fleet;
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

/** An actor that leaves while its journal hangs, and as many commands for it as may be under way. */
class LeavingTest {

    private static final ApplicationName HELLO = ApplicationName.parse("default/hello");

    /** As many as {@code shiplog.limits.commands} lets in. */
    private static final int UNDER_WAY = 1_000;

    private final ActorTestKit kit = ActorTestKit.create(HeldJournal.CONFIG);
    private final HeldJournal journal = new HeldJournal(kit.system());
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
        journal.open();
        kit.shutdownTestKit();
    }

    @Test
    void whatIsKeptWhileItLeavesIsWhatIsUnderWayAndItsSuccessorAnswersIt() {
        var outcomes = kit.createTestProbe(Outcome.class);
        submit(0, outcomes.ref());
        journal.awaitWrite();
        applications.tell(new Applications.Leave(HELLO));
        for (int i = 1; i < UNDER_WAY; i++) {
            submit(i, outcomes.ref());
        }
        outcomes.expectNoMessage(Duration.ofMillis(100));
        journal.open();
        assertThat(outcomes.receiveSeveralMessages(UNDER_WAY, Duration.ofMinutes(1)))
                .hasSize(UNDER_WAY)
                .allMatch(Outcome.Refused.class::isInstance);
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
}
