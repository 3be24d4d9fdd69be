package dev.shiplog.engine.stream;

/**
 * An event as the exact bytes that the journal keeps. They hold the hash of the bytes of the event before, so nothing
 * between here and the table may encode them anew.
 */
public final class StoredEvent {

    private final byte[] bytes;

    public StoredEvent(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves, not a copy: whoever asks must not change them. */
    public byte[] bytes() {
        return bytes;
    }

    public Hash hash() {
        return Hash.of(bytes);
    }
}
