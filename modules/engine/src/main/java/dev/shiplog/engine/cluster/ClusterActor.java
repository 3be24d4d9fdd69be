package dev.shiplog.engine.cluster;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.engine.Departures;
import dev.shiplog.engine.Surroundings;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * One cluster: owns its gateway and the rollouts on it. What the gateway sees is pinned to the board and told to the
 * rollout it concerns, if that is at work; when the cluster comes back, every rollout tries again at once.
 */
public final class ClusterActor extends AbstractBehavior<ClusterActor.Message> {

    public sealed interface Message {}

    public record Assign(Assignment assignment, ActorRef<Reported> reportTo) implements Message {}

    /** There is something that nobody has taken note of. */
    private enum Look implements Message {
        LOOK
    }

    record Leave(ApplicationName application) implements Message {}

    private final String name;
    private final Surroundings surroundings;
    private final TimerScheduler<Message> timers;
    private final Unnoticed unnoticed = new Unnoticed();
    private final ClusterGateway gateway;
    private final Map<ApplicationName, ActorRef<RolloutActor.Message>> rollouts = new HashMap<>();
    private final Departures<RolloutActor.Message> leaving;
    private final Map<ActorRef<Void>, ApplicationName> names = new HashMap<>();

    public static Behavior<Message> of(String name, ClusterGateways gateways, Surroundings surroundings) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new ClusterActor(context, timers, name, gateways, surroundings)));
    }

    private ClusterActor(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            String name,
            ClusterGateways gateways,
            Surroundings surroundings) {
        super(context);
        this.timers = timers;
        this.name = name;
        this.surroundings = surroundings;
        this.leaving =
                new Departures<>(surroundings.limits().rolloutMessages(), context.getSystem(), context.getSelf());
        var self = context.getSelf();
        this.gateway = gateways.open(name, sighting -> {
            if (unnoticed.add(sighting)) {
                self.tell(Look.LOOK);
            }
        });
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Assign.class, this::onAssign)
                .onMessageEquals(Look.LOOK, this::onLook)
                .onMessage(Leave.class, this::onLeave)
                .onSignal(Terminated.class, this::onTerminated)
                .onSignal(PostStop.class, signal -> closeGateway())
                .onSignal(PreRestart.class, signal -> closeGateway())
                .build();
    }

    private Behavior<Message> closeGateway() {
        gateway.close();
        return this;
    }

    private Behavior<Message> onAssign(Assign assign) {
        tell(assign.assignment().application(), new RolloutActor.Assigned(assign.assignment(), assign.reportTo()));
        return this;
    }

    private Behavior<Message> onLook() {
        unnoticed.take().forEach(this::takeNote);
        return this;
    }

    private void takeNote(Sighting sighting) {
        surroundings.board().saw(name, sighting);
        switch (sighting) {
            case Sighting.Seen seen -> observed(seen.observation());
            case Sighting.Reached ignored ->
                rollouts.values().forEach(rollout -> rollout.tell(RolloutActor.Retry.RETRY));
            case Sighting.Vanished vanished -> observed(nothingOf(vanished.application()));
            case Sighting.Lost ignored -> {}
        }
    }

    private void observed(Observation observation) {
        var rollout = rollouts.get(observation.application());
        if (rollout != null) {
            rollout.tell(new RolloutActor.Answered(new RolloutCommand.Observe(observation)));
        }
    }

    /** That nothing is there is an observation too: a rollout that waits for it writes it again. */
    private Observation nothingOf(ApplicationName application) {
        return Observation.nothing(application, name, surroundings.clock().instant());
    }

    private Behavior<Message> onLeave(Leave leave) {
        var application = leave.application();
        var rollout = rollouts.remove(application);
        if (rollout != null) {
            leaving.begin(application, rollout);
            timers.startTimerWithFixedDelay(application, leave, Departures.ASK_AGAIN);
        }
        leaving.ask(application, RolloutActor.Stop.STOP);
        return this;
    }

    private Behavior<Message> onTerminated(Terminated terminated) {
        var application = names.remove(terminated.getRef());
        if (application != null) {
            rollouts.remove(application);
            timers.cancel(application);
            leaving.end(application, message -> tell(application, message));
        }
        return this;
    }

    private void tell(ApplicationName application, RolloutActor.Message message) {
        if (!leaving.take(application, message)) {
            rollouts.computeIfAbsent(application, this::start).tell(message);
        }
    }

    private ActorRef<RolloutActor.Message> start(ApplicationName application) {
        var rollout = getContext()
                .spawnAnonymous(RolloutActor.of(
                        name, application, gateway, surroundings, getContext().getSelf()));
        getContext().watch(rollout);
        names.put(rollout.unsafeUpcast(), application);
        return rollout;
    }
}
