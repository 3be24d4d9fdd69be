package dev.shiplog.journal;

/** Another writer has already written this place of the stream: this one is late and must read before it goes on. */
public final class SequenceTaken extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SequenceTaken(String stream, long sequenceNumber) {
        super("%s#%d is already written by another writer.".formatted(stream, sequenceNumber));
    }
}
