package dev.shiplog.engine.application;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.engine.Departures;
import dev.shiplog.engine.Surroundings;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Finds the actor of an application, or starts it. An actor that has nothing to do asks to leave; what arrives for it
 * while it goes is kept and handed to its successor, so that nothing is lost between the two and never two live at once.
 */
public final class Applications extends AbstractBehavior<Applications.Message> {

    public sealed interface Message {}

    /** Hands the message to the application's actor. */
    public record Tell(ApplicationName application, ApplicationActor.Message message) implements Message {}

    record Leave(ApplicationName application) implements Message {}

    private final Surroundings surroundings;
    private final TimerScheduler<Message> timers;
    private final Map<ApplicationName, ActorRef<ApplicationActor.Message>> present = new HashMap<>();
    private final Departures<ApplicationActor.Message> leaving;
    private final Map<ActorRef<Void>, ApplicationName> names = new HashMap<>();

    public static Behavior<Message> of(Surroundings surroundings) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Applications(context, timers, surroundings)));
    }

    private Applications(ActorContext<Message> context, TimerScheduler<Message> timers, Surroundings surroundings) {
        super(context);
        this.timers = timers;
        this.surroundings = surroundings;
        this.leaving =
                new Departures<>(surroundings.limits().applicationMessages(), context.getSystem(), context.getSelf());
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Tell.class, this::onTell)
                .onMessage(Leave.class, this::onLeave)
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private Behavior<Message> onTell(Tell tell) {
        if (!leaving.take(tell.application(), tell.message())) {
            actor(tell.application()).tell(tell.message());
        }
        return this;
    }

    private Behavior<Message> onLeave(Leave leave) {
        var name = leave.application();
        var actor = present.remove(name);
        if (actor != null) {
            leaving.begin(name, actor);
            timers.startTimerWithFixedDelay(name, leave, Departures.ASK_AGAIN);
        }
        leaving.ask(name, ApplicationActor.Stop.STOP);
        return this;
    }

    private Behavior<Message> onTerminated(Terminated terminated) {
        var name = names.remove(terminated.getRef());
        if (name != null) {
            present.remove(name);
            timers.cancel(name);
            leaving.end(name, message -> actor(name).tell(message));
        }
        return this;
    }

    private ActorRef<ApplicationActor.Message> actor(ApplicationName name) {
        return present.computeIfAbsent(name, absent -> {
            var actor = getContext()
                    .spawnAnonymous(
                            ApplicationActor.of(name, surroundings, getContext().getSelf()));
            getContext().watch(actor);
            names.put(actor.unsafeUpcast(), name);
            return actor;
        });
    }
}
