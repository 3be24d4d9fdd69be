package dev.shiplog.journal;

import dev.shiplog.engine.stream.Hash;
import dev.shiplog.protocol.Events;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream from its first event and checks that each one holds the hash of the exact bytes of the one before it,
 * and that none is missing between.
 */
public final class ChainVerifier {

    /** Where the chain is broken, and how. */
    public record Break(String stream, long sequenceNumber, String problem) {

        @Override
        public String toString() {
            return stream + "#" + sequenceNumber + ": " + problem;
        }
    }

    private long expected = 1;
    private Hash previous = Hash.NONE;
    private @Nullable Break firstBreak;

    private ChainVerifier() {}

    /** The first break of the stream; empty if it is whole (or has no events). */
    public static Optional<Break> verify(Journal journal, String stream) {
        var verifier = new ChainVerifier();
        journal.replay(stream, 1, Long.MAX_VALUE, Long.MAX_VALUE, verifier::check);
        return Optional.ofNullable(verifier.firstBreak);
    }

    private void check(Entry entry) {
        if (firstBreak == null) {
            String problem = problem(entry);
            if (problem != null) {
                firstBreak = new Break(entry.stream(), entry.sequenceNumber(), problem);
            }
        }
        expected = entry.sequenceNumber() + 1;
        previous = entry.event().hash();
    }

    private @Nullable String problem(Entry entry) {
        if (entry.sequenceNumber() != expected) {
            return "event " + expected + " is missing before it";
        }
        try {
            var link = Events.link(entry.event().bytes());
            if (!link.previousHash().equals(previous.hex())) {
                return "it holds the hash '%s' of the event before it, which has '%s'"
                        .formatted(link.previousHash(), previous.hex());
            }
            return link.stream().equals(entry.stream()) ? null : "it says it belongs to " + link.stream();
        } catch (IllegalArgumentException e) {
            return "its bytes are no event: " + e.getMessage();
        }
    }
}
