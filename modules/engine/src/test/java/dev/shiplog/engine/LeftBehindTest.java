package dev.shiplog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.engine.application.ApplicationActor;
import dev.shiplog.engine.application.Applications;
import dev.shiplog.engine.cluster.ClusterActor;
import dev.shiplog.engine.cluster.Reported;
import dev.shiplog.engine.stream.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rollout that has told its end, and its cluster still has something that is to go, when the node goes down. */
class LeftBehindTest {

    private static final ApplicationName HELLO = ApplicationName.parse("default/hello");
    private static final Fleet FLEET = Fleet.of(List.of(new Cluster("eu", Map.of())));
    private static final Timings QUICK = new Timings(
            Duration.ofSeconds(30), Duration.ofMillis(200), new Backoff(Duration.ofMillis(10), Duration.ofMillis(50)));

    private final ActorTestKit kit = ActorTestKit.create(HeldJournal.CONFIG);
    private final RememberingCodec<ApplicationEvent> applicationEvents = new RememberingCodec<>();
    private final RememberingCodec<RolloutEvent> rolloutEvents = new RememberingCodec<>();
    private final TestProbe<Reported> told = kit.createTestProbe(Reported.class);
    private final TestProbe<Outcome> replies = kit.createTestProbe(Outcome.class);
    private final CompletableFuture<Void> deleted = new CompletableFuture<>();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void isDeletedAfterTheNextStartThatWakesItsApplication() throws Exception {
        var first = new Node(false);
        first.release(1, "first");
        awaitCompleted(1);
        first.release(2, "second");
        awaitCompleted(2);
        first.submit(3, new ApplicationCommand.Promote(ClusterSelection.ALL, false));
        assertThat(replies.receiveMessage(Duration.ofSeconds(30))).isInstanceOf(Outcome.Refused.class);
        first.stop();
        assertThat(deleted).isNotDone();

        var second = new Node(true);
        second.applications.tell(new Applications.Tell(HELLO, ApplicationActor.Wake.WAKE));
        deleted.get(15, TimeUnit.SECONDS);
    }

    private void awaitCompleted(int generation) {
        assertThat(replies.receiveMessage(Duration.ofSeconds(30))).isInstanceOf(Outcome.Accepted.class);
        var report = told.receiveMessage(Duration.ofSeconds(30)).report();
        while (report.generation() < generation) {
            report = told.receiveMessage(Duration.ofSeconds(30)).report();
        }
        assertThat(report.result()).isInstanceOf(Result.Completed.class);
    }

    private final class Node {

        final ActorRef<ClusterActor.Message> cluster;
        final ActorRef<Applications.Message> applications;

        Node(boolean deletes) {
            var surroundings = new Surroundings(
                    Clock.systemUTC(),
                    QUICK,
                    ActorLimits.USUAL,
                    () -> FLEET,
                    this::assign,
                    (name, sighting) -> {},
                    applicationEvents,
                    rolloutEvents);
            this.cluster = kit.spawn(ClusterActor.of("eu", (name, sightings) -> new Eu(deletes), surroundings));
            this.applications = kit.spawn(Applications.of(surroundings));
        }

        private void assign(Assignment assignment, ActorRef<Reported> reportTo) {
            ActorRef<Reported> both = kit.spawn(Behaviors.receiveMessage(report -> {
                reportTo.tell(report);
                told.ref().tell(report);
                return Behaviors.same();
            }));
            cluster.tell(new ClusterActor.Assign(assignment, both));
        }

        void release(int number, String object) {
            submit(number, new ApplicationCommand.Apply(ConfigMaps.release(object), ""));
        }

        void submit(int number, ApplicationCommand command) {
            var asked = new Asked<>(
                    new CommandId("test", String.valueOf(number)),
                    Principal.claimed("ada"),
                    "",
                    Clock.systemUTC().instant(),
                    "test",
                    FLEET,
                    command);
            applications.tell(new Applications.Tell(HELLO, new ApplicationActor.Submit(asked, replies.ref())));
        }

        void stop() {
            kit.stop(applications);
            kit.stop(cluster);
        }
    }

    private final class Eu extends WritingGateway {

        private final boolean deletes;

        Eu(boolean deletes) {
            this.deletes = deletes;
        }

        @Override
        public void delete(RolloutTask.Delete task, Consumer<RolloutCommand> answer) {
            if (deletes) {
                answer.accept(new RolloutCommand.ConfirmDeleted(task.generation(), task.objects()));
                deleted.complete(null);
            } else {
                answer.accept(new RolloutCommand.MeetTrouble(
                        task.generation(), new Trouble(Trouble.Kind.UNREACHABLE, "no route to host")));
            }
        }
    }
}
