package dev.shiplog.engine;

import dev.shiplog.domain.ApplicationName;
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
 */
public final class Departures<M> {

    private final int most;
    private final ActorSystem<?> system;
    private final ActorRef<?> keeper;
    private final Map<ApplicationName, Queue<M>> kept = new HashMap<>();

    /** @param most kept for one actor */
    public Departures(int most, ActorSystem<?> system, ActorRef<?> keeper) {
        this.most = most;
        this.system = system;
        this.keeper = keeper;
    }

    public void begin(ApplicationName name) {
        kept.put(name, new ArrayDeque<>());
    }

    /** Whether the actor is going, so that the message is not for it. */
    public boolean take(ApplicationName name, M message) {
        var waiting = kept.get(name);
        if (waiting == null) {
            return false;
        }
        if (waiting.size() < most) {
            waiting.add(message);
        } else {
            system.eventStream()
                    .tell(new EventStream.Publish<>(
                            Dropped.apply(message, "too many wait for a successor", Adapter.toClassic(keeper))));
        }
        return true;
    }

    /** It is gone: its successor gets what was kept. */
    public void end(ApplicationName name, Consumer<M> successor) {
        var waiting = kept.remove(name);
        if (waiting != null) {
            waiting.forEach(successor);
        }
    }
}
