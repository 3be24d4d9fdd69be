package dev.shiplog.simulation;

import dev.shiplog.engine.stream.StoredEvent;
import dev.shiplog.engine.stream.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The journal as the real one behaves: a stream's sequence numbers are taken once, a decision's events are kept all or not
 * at all, and an append may fail before it took effect, or after.
 */
final class SimulatedJournal {

    enum Answer {
        KEPT,
        SEQUENCE_TAKEN,
        UNAVAILABLE
    }

    /** Told of every append, at the moment it takes effect. */
    interface Witness {
        void appended(StreamName stream, List<StoredEvent> events);
    }

    private final Agenda agenda;
    private final Chance chance;
    private final Bug bug;
    private final Witness witness;
    private final Map<String, List<StoredEvent>> streams = new TreeMap<>();

    SimulatedJournal(Agenda agenda, Chance chance, Bug bug, Witness witness) {
        this.agenda = agenda;
        this.chance = chance;
        this.bug = bug;
        this.witness = witness;
    }

    void append(StreamName stream, long length, List<StoredEvent> events, Consumer<Answer> answer) {
        agenda.after(chance.latency(), () -> {
            if (chance.fault(15)) {
                answerLater(answer, Answer.UNAVAILABLE);
                return;
            }
            var kept = streams.computeIfAbsent(stream.value(), absent -> new ArrayList<>());
            if (kept.size() != length && bug != Bug.SECOND_WRITER) {
                answerLater(answer, Answer.SEQUENCE_TAKEN);
                return;
            }
            boolean half = bug == Bug.HALF_A_DECISION && events.size() > 1 && chance.fault(100);
            var appended = half ? events.subList(0, 1) : events;
            kept.addAll(appended);
            witness.appended(stream, appended);
            answerLater(answer, half || chance.fault(15) ? Answer.UNAVAILABLE : Answer.KEPT);
        });
    }

    private void answerLater(Consumer<Answer> answer, Answer what) {
        agenda.after(chance.latency(), () -> answer.accept(what));
    }

    List<StoredEvent> read(StreamName stream) {
        return List.copyOf(streams.getOrDefault(stream.value(), List.of()));
    }

    Map<String, List<StoredEvent>> streams() {
        return streams;
    }
}
