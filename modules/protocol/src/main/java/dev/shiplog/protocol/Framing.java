package dev.shiplog.protocol;

import java.util.Arrays;

/**
 * The frame that Confluent's serializers put around a value: the byte 0, four bytes of a schema's id, and for protobuf
 * the path of the message in its file: how many indexes (zig-zag varint), then each; a single 0 is short for the first
 * message, which {@code Command} is. Neither protobuf nor JSON begins with the byte 0, so there is no mistaking it.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">
 *     Confluent's wire format</a>
 */
final class Framing {

    static final int PREFIX = 5;

    private Framing() {}

    static boolean isFramed(byte[] value) {
        return value.length > 0 && value[0] == 0;
    }

    /** The value without its frame. */
    static byte[] strip(byte[] value, Format format) {
        if (!isFramed(value)) {
            return value;
        }
        if (value.length < PREFIX) {
            throw broken();
        }
        return switch (format) {
            case JSON -> Arrays.copyOfRange(value, PREFIX, value.length);
            case PROTOBUF -> {
                var reader = new Reader(value, PREFIX);
                int count = reader.next();
                boolean isFirstMessage = count == 0 || (count == 1 && reader.next() == 0);
                if (!isFirstMessage) {
                    throw FieldProblem.invalid(
                            "", "the frame names another message of the schema; Command is the one that is read");
                }
                yield Arrays.copyOfRange(value, reader.position, value.length);
            }
        };
    }

    private static FieldProblem broken() {
        return FieldProblem.invalid("", "the value begins as Confluent's framing does (a byte 0) and breaks off");
    }

    private static final class Reader {
        private final byte[] value;
        private int position;

        Reader(byte[] value, int position) {
            this.value = value;
            this.position = position;
        }

        int next() {
            int zigzag = 0;
            for (int shift = 0; shift < 32; shift += 7) {
                if (position == value.length) {
                    throw broken();
                }
                byte part = value[position++];
                zigzag |= (part & 0x7f) << shift;
                if (part >= 0) {
                    return (zigzag >>> 1) ^ -(zigzag & 1);
                }
            }
            throw broken();
        }
    }
}
