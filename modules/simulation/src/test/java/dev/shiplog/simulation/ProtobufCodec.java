package dev.shiplog.simulation;

import dev.shiplog.domain.Recorded;
import dev.shiplog.engine.stream.Hash;
import dev.shiplog.engine.stream.StoredEvent;
import dev.shiplog.engine.stream.StreamName;
import dev.shiplog.protocol.Events;
import java.util.function.Function;

/** The bytes that production keeps. Each event is encoded, and decoded from its bytes whenever it is read. */
record ProtobufCodec<E>(Encoder<E> encoder, Function<byte[], Recorded<E>> decoder) implements LinkedCodec<E> {

    interface Encoder<E> {
        byte[] encode(String stream, byte[] previousHash, Recorded<E> event);
    }

    static Codecs both() {
        return new Codecs(
                new ProtobufCodec<>(Events::encodeApplication, Events::decodeApplication),
                new ProtobufCodec<>(Events::encodeRollout, Events::decodeRollout));
    }

    @Override
    public StoredEvent encode(StreamName stream, Hash previous, Recorded<E> event) {
        return new StoredEvent(encoder.encode(stream.value(), previous.bytes(), event));
    }

    @Override
    public Recorded<E> decode(StoredEvent stored) {
        return decoder.apply(stored.bytes());
    }

    @Override
    public Hash previous(StoredEvent stored) {
        return new Hash(Events.link(stored.bytes()).previousHash());
    }
}
