package dev.shiplog.engine;

import dev.shiplog.domain.ApplicationName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.pekko.actor.Dropped;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/**
 * What arrives for actors while they go, kept for their successors. For each of them no more is kept than may wait for an
 * actor that works: what is beyond is left out, as it would be there, and comes again when it is asked for.
 *
 * <p>An actor that has no room leaves out that it is to stop as well. So it is asked again at each {@link #ASK_AGAIN}, or all
 * that comes for it would be kept for a successor that never begins.
 */
public final class Departures<M> {

    public static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private record Departure<M>(ActorRef<M> actor, Queue<M> kept) {}

    private final int most;
    private final ActorSystem<?> system;
    private final ActorRef<?> keeper;
    private final Map<ApplicationName, Departure<M>> departures = new HashMap<>();

    /** @param most kept for one actor */
    public Departures(int most, ActorSystem<?> system, ActorRef<?> keeper) {
        this.most = most;
        this.system = system;
        this.keeper = keeper;
    }

    public void begin(ApplicationName name, ActorRef<M> actor) {
        departures.put(name, new Departure<>(actor, new ArrayDeque<>()));
    }

    /** Whoever is going is told to stop, until it is gone. */
    public void ask(ApplicationName name, M stop) {
        var departure = departures.get(name);
        if (departure != null) {
            departure.actor().tell(stop);
        }
    }

    /** Whether the actor is going, so that the message is not for it. */
    public boolean take(ApplicationName name, M message) {
        var departure = departures.get(name);
        if (departure == null) {
            return false;
        }
        if (departure.kept().size() < most) {
            departure.kept().add(message);
        } else {
            system.eventStream()
                    .tell(new EventStream.Publish<>(
                            Dropped.apply(message, "too many wait for a successor", Adapter.toClassic(keeper))));
        }
        return true;
    }

    /** It is gone: its successor gets what was kept. */
    public void end(ApplicationName name, Consumer<M> successor) {
        var departure = departures.remove(name);
        if (departure != null) {
            departure.kept().forEach(successor);
        }
    }
}
