package dev.shiplog.engine.cluster;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.Rollout;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutDecider;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.engine.Surroundings;
import dev.shiplog.engine.stream.Errands;
import dev.shiplog.engine.stream.Folded;
import dev.shiplog.engine.stream.StoredEvent;
import dev.shiplog.engine.stream.StreamLoop;
import dev.shiplog.engine.stream.StreamName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * One application on one cluster, the only writer of its stream: a thin shell around {@link RolloutDecider}. What is owed
 * is asked of the gateway once; after trouble it is asked again with growing pauses, for as long as it is owed, and whenever
 * the application asks again, since an answer or a sighting may have been lost.
 */
public final class RolloutActor extends EventSourcedBehavior<RolloutActor.Message, StoredEvent, Folded<Rollout>> {

    public sealed interface Message {}

    record Assigned(Assignment assignment, ActorRef<Reported> reportTo) implements Message {}

    /** The gateway's answer, or what it has seen. */
    record Answered(RolloutCommand command) implements Message {}

    /** The pause after trouble is over, or the cluster is back. */
    enum Retry implements Message {
        RETRY
    }

    private enum Idle implements Message {
        IDLE
    }

    enum Stop implements Message {
        STOP
    }

    private final ApplicationName application;
    private final ClusterGateway gateway;
    private final Surroundings surroundings;
    private final ActorRef<ClusterActor.Message> parent;
    private final TimerScheduler<Message> timers;
    private final Consumer<RolloutCommand> answer;
    private final StreamLoop<RolloutCommand, RolloutEvent, Rollout, RolloutTask> loop;
    private final Errands<RolloutTask> errands = new Errands<>();
    private @Nullable ActorRef<Reported> reportTo;
    private int failures;

    static Behavior<Message> of(
            String cluster,
            ApplicationName application,
            ClusterGateway gateway,
            Surroundings surroundings,
            ActorRef<ClusterActor.Message> parent) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new RolloutActor(cluster, application, gateway, surroundings, parent, context, timers)));
    }

    private RolloutActor(
            String cluster,
            ApplicationName application,
            ClusterGateway gateway,
            Surroundings surroundings,
            ActorRef<ClusterActor.Message> parent,
            ActorContext<Message> context,
            TimerScheduler<Message> timers) {
        super(
                PersistenceId.ofUniqueId(
                        StreamName.rollout(cluster, application).value()),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.2));
        this.application = application;
        this.gateway = gateway;
        this.surroundings = surroundings;
        this.parent = parent;
        this.timers = timers;
        var self = context.getSelf();
        this.answer = command -> self.tell(new Answered(command));
        this.loop = new StreamLoop<>(
                StreamName.rollout(cluster, application), new RolloutDecider(), surroundings.rolloutEvents());
    }

    @Override
    public Optional<Integer> stashCapacity() {
        return Optional.of(surroundings.limits().rolloutMessages());
    }

    @Override
    public Folded<Rollout> emptyState() {
        return loop.initial();
    }

    @Override
    public CommandHandler<Message, StoredEvent, Folded<Rollout>> commandHandler() {
        return this::onMessage;
    }

    @Override
    public EventHandler<Folded<Rollout>, StoredEvent> eventHandler() {
        return loop::fold;
    }

    @Override
    public SignalHandler<Folded<Rollout>> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::requestEverything)
                .build();
    }

    private Effect<StoredEvent, Folded<Rollout>> onMessage(Folded<Rollout> folded, Message message) {
        return switch (message) {
            case Assigned assigned -> {
                reportTo = assigned.reportTo();
                if (!timers.isTimerActive(Retry.RETRY)) {
                    errands.forget();
                }
                yield append(folded, new RolloutCommand.Assign(assigned.assignment()));
            }
            case Answered answered -> {
                if (answered.command() instanceof RolloutCommand.MeetTrouble) {
                    retryLater();
                } else if (!(answered.command() instanceof RolloutCommand.Observe)) {
                    failures = 0;
                }
                yield append(folded, answered.command());
            }
            case Retry ignored -> {
                requestEverything(folded);
                yield Effect().none();
            }
            case Idle ignored -> {
                parent.tell(new ClusterActor.Leave(application));
                yield Effect().none();
            }
            case Stop ignored -> Effect().stop();
        };
    }

    private void retryLater() {
        failures++;
        var pause = surroundings
                .timings()
                .retry()
                .after(failures, ThreadLocalRandom.current().nextDouble());
        timers.startSingleTimer(Retry.RETRY, Retry.RETRY, pause);
    }

    private Effect<StoredEvent, Folded<Rollout>> append(Folded<Rollout> folded, RolloutCommand command) {
        return Effect()
                .persist(loop.decide(folded, asked(folded.state(), command)))
                .thenRun(this::requestOutstanding);
    }

    private Asked<RolloutCommand> asked(Rollout rollout, RolloutCommand command) {
        var assignment = command instanceof RolloutCommand.Assign assign ? assign.assignment() : null;
        int generation = assignment == null ? rollout.generation() : assignment.generation();
        var correlation = assignment == null
                ? rollout.assignment().map(Assignment::correlation).orElse("")
                : assignment.correlation();
        return new Asked<>(
                new CommandId(
                        "shiplog/" + loop.name(),
                        generation + "/" + command.getClass().getSimpleName()),
                Principal.SHIPLOG,
                "",
                surroundings.clock().instant(),
                correlation,
                surroundings.fleet().get(),
                command);
    }

    private void requestEverything(Folded<Rollout> folded) {
        errands.forget();
        requestOutstanding(folded);
    }

    private void requestOutstanding(Folded<Rollout> folded) {
        var outstanding = loop.outstanding(folded);
        for (var task : errands.due(outstanding)) {
            switch (task) {
                case RolloutTask.Apply apply -> gateway.apply(apply, answer);
                case RolloutTask.Delete delete -> gateway.delete(delete, answer);
                case RolloutTask.Watch watch -> gateway.look(watch);
                case RolloutTask.Await await -> await(await);
                case RolloutTask.Tell tell -> tell(tell, folded.state());
            }
        }
        if (outstanding.stream().allMatch(RolloutTask.Tell.class::isInstance)) {
            timers.startSingleTimer(Idle.IDLE, Idle.IDLE, surroundings.limits().idle());
        } else {
            timers.cancel(Idle.IDLE);
        }
    }

    /** A little late rather than early: what comes before its time changes nothing and would not come again. */
    private void await(RolloutTask.Await await) {
        var pause =
                Duration.between(surroundings.clock().instant(), await.until()).plusMillis(1);
        timers.startSingleTimer(
                await, new Answered(new RolloutCommand.PassTime()), pause.isNegative() ? Duration.ZERO : pause);
    }

    /** Without somebody to tell, nothing is lost: the application asks again until it has heard. */
    private void tell(RolloutTask.Tell tell, Rollout rollout) {
        var application = reportTo;
        if (application != null) {
            application.tell(new Reported(
                    tell.report(),
                    rollout.assignment().map(Assignment::correlation).orElse("")));
        }
    }
}
