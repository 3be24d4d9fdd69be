package dev.shiplog.engine;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.engine.application.ApplicationActor;
import dev.shiplog.engine.application.Applications;
import dev.shiplog.engine.cluster.ClusterActor;
import dev.shiplog.engine.cluster.ClusterGateways;
import dev.shiplog.engine.cluster.Reported;
import dev.shiplog.engine.ingest.CommandDesk;
import dev.shiplog.engine.ingest.Incoming;
import dev.shiplog.engine.live.LiveBoard;
import dev.shiplog.engine.stream.EventCodec;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The actors of one node, running: an actor per cluster of the fleet, and one per application that has something to do. */
public final class Engine implements CommandDesk, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final ActorSystem<Applications.Message> system;
    private final Surroundings surroundings;

    private Engine(ActorSystem<Applications.Message> system, Surroundings surroundings) {
        this.system = system;
        this.surroundings = surroundings;
    }

    /**
     * @param setup of the actor system, with the journal to write to
     * @param fleet whose clusters are opened now and for as long as the engine runs
     */
    public static Engine start(
            ActorSystemSetup setup,
            Clock clock,
            Timings timings,
            ActorLimits limits,
            Fleet fleet,
            ClusterGateways gateways,
            LiveBoard board,
            EventCodec<ApplicationEvent> applicationEvents,
            EventCodec<RolloutEvent> rolloutEvents) {
        var clusters = new ConcurrentHashMap<String, ActorRef<ClusterActor.Message>>();
        var surroundings = new Surroundings(
                clock,
                timings,
                limits,
                () -> fleet,
                (assignment, reportTo) -> assign(clusters, assignment, reportTo),
                board,
                applicationEvents,
                rolloutEvents);
        Behavior<Applications.Message> guardian = Behaviors.setup(context -> {
            fleet.clusters()
                    .keySet()
                    .forEach(cluster -> clusters.put(
                            cluster,
                            context.spawnAnonymous(Behaviors.supervise(ClusterActor.of(cluster, gateways, surroundings))
                                    .onFailure(SupervisorStrategy.restart()))));
            return Applications.of(surroundings);
        });
        return new Engine(ActorSystem.create(guardian, "shiplog", setup), surroundings);
    }

    private static void assign(
            Map<String, ActorRef<ClusterActor.Message>> clusters, Assignment assignment, ActorRef<Reported> reportTo) {
        var cluster = clusters.get(assignment.cluster());
        if (cluster == null) {
            LOG.warn(
                    "{} owes {} generation {}, but that cluster is not in the fleet; add its folder under clusters/ again",
                    assignment.cluster(),
                    assignment.application(),
                    assignment.generation());
        } else {
            cluster.tell(new ClusterActor.Assign(assignment, reportTo));
        }
    }

    /** Lets applications ask for what they are owed: after a start, those whose rollouts were under way. */
    public void wake(Iterable<ApplicationName> applications) {
        applications.forEach(
                application -> system.tell(new Applications.Tell(application, ApplicationActor.Wake.WAKE)));
    }

    @Override
    public CompletionStage<Outcome> submit(Incoming command) {
        var asked = new Asked<ApplicationCommand>(
                command.id(),
                command.principal(),
                command.reason(),
                surroundings.clock().instant(),
                command.id().toString(),
                surroundings.fleet().get(),
                command.command());
        return AskPattern.ask(
                system,
                replyTo -> new Applications.Tell(command.application(), new ApplicationActor.Submit(asked, replyTo)),
                surroundings.timings().outcome(),
                system.scheduler());
    }

    /** Stops all actors; what is owed stays owed, and is asked for at the next start. */
    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
