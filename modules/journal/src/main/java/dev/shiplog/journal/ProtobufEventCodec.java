package dev.shiplog.journal;

import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.engine.stream.EventCodec;
import dev.shiplog.engine.stream.Hash;
import dev.shiplog.engine.stream.StoredEvent;
import dev.shiplog.engine.stream.StreamName;
import dev.shiplog.protocol.Events;
import java.util.function.Function;

/** Events as protobuf: what the journal keeps for ever. */
public final class ProtobufEventCodec<E> implements EventCodec<E> {

    private interface Encoder<E> {
        byte[] encode(String stream, byte[] previousHash, Recorded<E> event);
    }

    private final Encoder<E> encoder;
    private final Function<byte[], Recorded<E>> decoder;

    private ProtobufEventCodec(Encoder<E> encoder, Function<byte[], Recorded<E>> decoder) {
        this.encoder = encoder;
        this.decoder = decoder;
    }

    public static ProtobufEventCodec<ApplicationEvent> ofApplications() {
        return new ProtobufEventCodec<>(Events::encodeApplication, Events::decodeApplication);
    }

    public static ProtobufEventCodec<RolloutEvent> ofRollouts() {
        return new ProtobufEventCodec<>(Events::encodeRollout, Events::decodeRollout);
    }

    @Override
    public StoredEvent encode(StreamName stream, Hash previous, Recorded<E> event) {
        return new StoredEvent(encoder.encode(stream.value(), previous.bytes(), event));
    }

    @Override
    public Recorded<E> decode(StoredEvent stored) {
        return decoder.apply(stored.bytes());
    }
}
