package dev.shiplog.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.protocol.v1.EventProto;
import java.util.HexFormat;

/**
 * Events as the journal keeps them. The same event always gives the same bytes; what was ever written is read for ever
 * (the golden files in the tests). A kind of event that is not known here is refused, never passed over.
 */
public final class Events {

    /** One event of the journal. */
    public sealed interface Stored {

        /** {@code application/NAMESPACE/NAME} or {@code rollout/CLUSTER/NAMESPACE/NAME}. */
        String stream();

        /** SHA-256 of the stored bytes of the event before it in the stream, in hex; empty for the first. */
        String previousHash();

        Recorded<?> recorded();

        record OfApplication(String stream, String previousHash, Recorded<ApplicationEvent> recorded)
                implements Stored {}

        record OfRollout(String stream, String previousHash, Recorded<RolloutEvent> recorded) implements Stored {}
    }

    /** What holds an event in its stream, whatever it says itself; see {@link Stored}. */
    public record Link(String stream, String previousHash) {}

    private Events() {}

    /** @param previousHash SHA-256 of the bytes before it in the stream; of length 0 for the first */
    public static byte[] encodeApplication(String stream, byte[] previousHash, Recorded<ApplicationEvent> recorded) {
        return Messages.toBytes(message(stream, previousHash, recorded)
                .setApplication(ApplicationEvents.toProto(recorded.event()))
                .build());
    }

    /** @param previousHash SHA-256 of the bytes before it in the stream; of length 0 for the first */
    public static byte[] encodeRollout(String stream, byte[] previousHash, Recorded<RolloutEvent> recorded) {
        return Messages.toBytes(message(stream, previousHash, recorded)
                .setRollout(RolloutEvents.toProto(recorded.event()))
                .build());
    }

    /** @throws IllegalArgumentException if the bytes are no event of an application */
    public static Recorded<ApplicationEvent> decodeApplication(byte[] bytes) {
        return switch (decode(bytes)) {
            case Stored.OfApplication stored -> stored.recorded();
            case Stored.OfRollout stored ->
                throw new IllegalArgumentException("an event of a rollout: " + stored.stream());
        };
    }

    /** @throws IllegalArgumentException if the bytes are no event of a rollout */
    public static Recorded<RolloutEvent> decodeRollout(byte[] bytes) {
        return switch (decode(bytes)) {
            case Stored.OfRollout stored -> stored.recorded();
            case Stored.OfApplication stored ->
                throw new IllegalArgumentException("an event of an application: " + stored.stream());
        };
    }

    /** @throws IllegalArgumentException if the bytes are no event, of a known kind or not */
    public static Link link(byte[] bytes) {
        var message = message(bytes);
        return new Link(message.getStream(), previousHash(message));
    }

    /** @throws IllegalArgumentException if the bytes are no event known here */
    public static Stored decode(byte[] bytes) {
        var message = message(bytes);
        var previous = previousHash(message);
        return switch (message.getEventCase()) {
            case APPLICATION ->
                new Stored.OfApplication(
                        message.getStream(),
                        previous,
                        Attributions.recorded(
                                message.getAttribution(), ApplicationEvents.fromProto(message.getApplication())));
            case ROLLOUT ->
                new Stored.OfRollout(
                        message.getStream(),
                        previous,
                        Attributions.recorded(message.getAttribution(), RolloutEvents.fromProto(message.getRollout())));
            case EVENT_NOT_SET ->
                throw FieldProblem.missing(
                        "event", "neither of an application nor of a rollout; written by a newer Shiplog?");
        };
    }

    /**
     * The stored event in its JSON form, for people.
     *
     * @throws IllegalArgumentException if the bytes are no event
     */
    public static String toJson(byte[] bytes) {
        return Messages.toJson(message(bytes));
    }

    private static String previousHash(EventProto.StoredEvent message) {
        return HexFormat.of().formatHex(message.getPreviousHash().toByteArray());
    }

    private static EventProto.StoredEvent message(byte[] bytes) {
        try {
            return EventProto.StoredEvent.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no stored event: " + e.getMessage(), e);
        }
    }

    private static EventProto.StoredEvent.Builder message(String stream, byte[] previousHash, Recorded<?> recorded) {
        return EventProto.StoredEvent.newBuilder()
                .setPreviousHash(ByteString.copyFrom(previousHash))
                .setStream(stream)
                .setAttribution(Attributions.toProto(recorded));
    }
}
