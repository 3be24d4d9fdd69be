package dev.shiplog.engine.application;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.Application;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationDecider;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.ApplicationTask;
import dev.shiplog.engine.Surroundings;
import dev.shiplog.engine.cluster.Reported;
import dev.shiplog.engine.stream.Errands;
import dev.shiplog.engine.stream.Folded;
import dev.shiplog.engine.stream.StoredEvent;
import dev.shiplog.engine.stream.StreamLoop;
import dev.shiplog.engine.stream.StreamName;
import java.time.Duration;
import java.util.Optional;
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

/**
 * One application, the only writer of its stream: a thin shell around {@link ApplicationDecider}. After each event, and
 * after a restart, it asks the clusters for what they owe, and again at each reminder until they have reported.
 */
public final class ApplicationActor
        extends EventSourcedBehavior<ApplicationActor.Message, StoredEvent, Folded<Application>> {

    public sealed interface Message {}

    /** A command from outside; the outcome is told when it is durable. */
    public record Submit(Asked<ApplicationCommand> asked, ActorRef<Outcome> replyTo) implements Message {}

    /** A cluster has ended a generation. */
    private record Told(Reported reported) implements Message {}

    /** Be there, and ask for what is owed. */
    public enum Wake implements Message {
        WAKE
    }

    private enum Remind implements Message {
        REMIND
    }

    private enum Idle implements Message {
        IDLE
    }

    enum Stop implements Message {
        STOP
    }

    private final ApplicationName name;
    private final Surroundings surroundings;
    private final ActorRef<Applications.Message> parent;
    private final ActorRef<Reported> reports;
    private final TimerScheduler<Message> timers;
    private final ApplicationDecider decider;
    private final StreamLoop<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> loop;
    private final Errands<ApplicationTask> errands = new Errands<>();
    private Duration reminding = Duration.ZERO;

    static Behavior<Message> of(
            ApplicationName name, Surroundings surroundings, ActorRef<Applications.Message> parent) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new ApplicationActor(name, surroundings, parent, context, timers)));
    }

    private ApplicationActor(
            ApplicationName name,
            Surroundings surroundings,
            ActorRef<Applications.Message> parent,
            ActorContext<Message> context,
            TimerScheduler<Message> timers) {
        super(
                PersistenceId.ofUniqueId(StreamName.application(name).value()),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.2));
        this.name = name;
        this.surroundings = surroundings;
        this.parent = parent;
        this.reports = context.messageAdapter(Reported.class, Told::new);
        this.timers = timers;
        this.decider = new ApplicationDecider(name);
        this.loop = new StreamLoop<>(StreamName.application(name), decider, surroundings.applicationEvents());
    }

    @Override
    public Optional<Integer> stashCapacity() {
        return Optional.of(surroundings.limits().applicationMessages());
    }

    @Override
    public Folded<Application> emptyState() {
        return loop.initial();
    }

    @Override
    public CommandHandler<Message, StoredEvent, Folded<Application>> commandHandler() {
        return this::onMessage;
    }

    @Override
    public EventHandler<Folded<Application>, StoredEvent> eventHandler() {
        return loop::fold;
    }

    @Override
    public SignalHandler<Folded<Application>> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::requestEverything)
                .build();
    }

    private Effect<StoredEvent, Folded<Application>> onMessage(Folded<Application> folded, Message message) {
        return switch (message) {
            case Submit submit -> submit(folded, submit);
            case Told told -> append(folded, asked(told.reported()));
            case Wake ignored -> Effect().none();
            case Remind ignored -> {
                requestEverything(folded);
                yield Effect().none();
            }
            case Idle ignored -> {
                parent.tell(new Applications.Leave(name));
                yield Effect().none();
            }
            case Stop ignored -> {
                if (!loop.outstanding(folded).isEmpty()) {
                    // A command came after it had asked to leave: its successor goes on with what is owed now.
                    parent.tell(new Applications.Tell(name, Wake.WAKE));
                }
                yield Effect().stop();
            }
        };
    }

    private Effect<StoredEvent, Folded<Application>> submit(Folded<Application> folded, Submit submit) {
        return Effect().persist(loop.decide(folded, submit.asked())).thenRun(after -> {
            submit.replyTo().tell(outcome(after.state(), submit.asked().id()));
            requestOutstanding(after);
        });
    }

    private static Outcome outcome(Application application, CommandId id) {
        var outcome = application.outcomes().get(id);
        return outcome == null ? new Outcome.Accepted(application.revision(), "") : outcome;
    }

    private Effect<StoredEvent, Folded<Application>> append(
            Folded<Application> folded, Asked<ApplicationCommand> asked) {
        return Effect().persist(loop.decide(folded, asked)).thenRun(this::requestOutstanding);
    }

    private Asked<ApplicationCommand> asked(Reported reported) {
        var report = reported.report();
        return new Asked<>(
                new CommandId("shiplog/rollout/" + report.cluster(), name + "/" + report.generation()),
                Principal.SHIPLOG,
                "",
                surroundings.clock().instant(),
                reported.correlation(),
                surroundings.fleet().get(),
                report);
    }

    private void requestEverything(Folded<Application> folded) {
        errands.forget();
        requestOutstanding(folded);
    }

    private void requestOutstanding(Folded<Application> folded) {
        var outstanding = loop.outstanding(folded);
        for (var task : errands.due(outstanding)) {
            switch (task) {
                case ApplicationTask.Carry carry ->
                    surroundings.clusters().assign(decider.assignment(folded.state(), carry.cluster()), reports);
            }
        }
        if (outstanding.isEmpty()) {
            timers.startSingleTimer(Idle.IDLE, Idle.IDLE, surroundings.limits().idle());
            timers.cancel(Remind.REMIND);
        } else {
            timers.cancel(Idle.IDLE);
            remindAfter(surroundings.timings().reminder(folded.state().isUnderWay()));
        }
    }

    /** One cluster that reports all the time doesn't put off the others, which may not have heard. */
    private void remindAfter(Duration pause) {
        if (!timers.isTimerActive(Remind.REMIND) || pause.compareTo(reminding) < 0) {
            reminding = pause;
            timers.startSingleTimer(Remind.REMIND, Remind.REMIND, pause);
        }
    }
}
