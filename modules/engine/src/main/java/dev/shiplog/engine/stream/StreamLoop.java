package dev.shiplog.engine.stream;

import dev.shiplog.domain.Asked;
import dev.shiplog.domain.Decider;
import dev.shiplog.domain.Decision;
import dev.shiplog.domain.Recorded;
import java.util.ArrayList;
import java.util.List;

/**
 * The loop around a decider: {@link #decide} says which events to append, {@link #fold} takes an appended one into the
 * state, {@link #outstanding} says what is owed then. Whoever drives it appends all events of one decision or none,
 * folds them in order, and carries out what is outstanding, also after a restart.
 *
 * <p>It holds no state of its own: actors and the simulation drive the same loop.
 */
public final class StreamLoop<C, E, S, T> {

    private final StreamName name;
    private final Decider<C, E, S, T> decider;
    private final EventCodec<E> codec;

    public StreamLoop(StreamName name, Decider<C, E, S, T> decider, EventCodec<E> codec) {
        this.name = name;
        this.decider = decider;
        this.codec = codec;
    }

    public StreamName name() {
        return name;
    }

    public Folded<S> initial() {
        return new Folded<>(decider.initial(), 0, Hash.NONE);
    }

    /** What to append for the command; nothing where it is late, repeated or changes nothing. */
    public List<StoredEvent> decide(Folded<S> folded, Asked<C> asked) {
        var events = switch (decider.decide(folded.state(), asked)) {
            case Decision.Accepted<E> accepted -> accepted.events();
            case Decision.Rejected<E> rejected -> decider.refusal(rejected.rejection());
        };
        var stored = new ArrayList<StoredEvent>(events.size());
        var hash = folded.lastHash();
        for (var event : events) {
            var recorded = new Recorded<>(
                    asked.id(), asked.principal(), asked.reason(), asked.at(), asked.correlation(), event);
            var next = codec.encode(name, hash, recorded);
            stored.add(next);
            hash = next.hash();
        }
        return stored;
    }

    public Folded<S> fold(Folded<S> folded, StoredEvent event) {
        return new Folded<>(decider.evolve(folded.state(), codec.decode(event)), folded.length() + 1, event.hash());
    }

    public List<T> outstanding(Folded<S> folded) {
        return decider.outstanding(folded.state());
    }
}
