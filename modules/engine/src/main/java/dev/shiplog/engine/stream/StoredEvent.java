package dev.shiplog.engine.stream;

import org.jspecify.annotations.Nullable;

/**
 * An event as the exact bytes that the journal keeps. They hold the hash of the bytes of the event before, so nothing
 * between here and the table may encode them anew.
 */
public final class StoredEvent {

    private final byte[] bytes;
    private @Nullable Hash hash;

    public StoredEvent(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves, not a copy: whoever asks must not change them. */
    public byte[] bytes() {
        return bytes;
    }

    /** Reckoned once; a race reckons it twice, to the same end. */
    public Hash hash() {
        var known = hash;
        if (known == null) {
            known = Hash.of(bytes);
            hash = known;
        }
        return known;
    }
}
