package dev.shiplog.engine.application;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.engine.ActorLimits;
import dev.shiplog.engine.ConfigMaps;
import dev.shiplog.engine.HeldJournal;
import dev.shiplog.engine.RememberingCodec;
import dev.shiplog.engine.Surroundings;
import dev.shiplog.engine.Timings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;

/** An application whose journal hangs with its first command, until it is let go. */
final class HeldApplication implements AutoCloseable {

    private static final ApplicationName HELLO = ApplicationName.parse("default/hello");

    static final ActorLimits LIMITS = new ActorLimits(200, 20, Duration.ofSeconds(60));

    private static final Fleet FLEET = Fleet.of(List.of(new Cluster("eu", Map.of())));

    private final ActorTestKit kit = ActorTestKit.create(HeldJournal.CONFIG);
    private final TestProbe<Assignment> assigned = kit.createTestProbe(Assignment.class);
    private final HeldJournal journal = new HeldJournal(kit.system());
    private final ActorRef<Applications.Message> applications = kit.spawn(Applications.of(new Surroundings(
            Clock.systemUTC(),
            Timings.DEFAULT,
            LIMITS,
            () -> FLEET,
            (assignment, reportTo) -> assigned.ref().tell(assignment),
            (cluster, sighting) -> {},
            new RememberingCodec<>(),
            new RememberingCodec<>())));

    ActorTestKit kit() {
        return kit;
    }

    HeldJournal journal() {
        return journal;
    }

    /** What clusters have been asked for. */
    TestProbe<Assignment> assigned() {
        return assigned;
    }

    /** Commands of these numbers, up to the second. */
    void submit(int first, int end, ActorRef<Outcome> replyTo) {
        for (int number = first; number < end; number++) {
            submit(number, replyTo);
        }
    }

    /** It will be refused: there is no such application. */
    void submit(int number, ActorRef<Outcome> replyTo) {
        submit(number, new ApplicationCommand.Pause(ClusterSelection.ALL), replyTo);
    }

    /** A release of one ConfigMap. */
    void release(int number, ActorRef<Outcome> replyTo) {
        submit(number, new ApplicationCommand.Apply(ConfigMaps.release("conf"), ""), replyTo);
    }

    private void submit(int number, ApplicationCommand command, ActorRef<Outcome> replyTo) {
        var asked = new Asked<ApplicationCommand>(
                new CommandId("test", String.valueOf(number)),
                Principal.claimed("ada"),
                "",
                Clock.systemUTC().instant(),
                "test",
                FLEET,
                command);
        applications.tell(new Applications.Tell(HELLO, new ApplicationActor.Submit(asked, replyTo)));
    }

    void leave() {
        applications.tell(new Applications.Leave(HELLO));
    }

    @Override
    public void close() {
        journal.open();
        kit.shutdownTestKit();
    }
}
