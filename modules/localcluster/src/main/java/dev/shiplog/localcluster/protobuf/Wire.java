package dev.shiplog.localcluster.protobuf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads what protobuf has written: numbers of fields, each with a value in one of four forms. */
final class Wire {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private static final int MOST_VARINT_BITS = 64;

    private final ByteBuffer in;

    Wire(ByteBuffer in) {
        this.in = in.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean hasMore() {
        return in.hasRemaining();
    }

    /** The number of the next field, times eight, plus its form. */
    int tag() {
        return (int) varint();
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < MOST_VARINT_BITS; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }

    double fixed64() {
        return in.getDouble();
    }

    ByteBuffer bytes() {
        long length = varint();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a field of " + length + " bytes where " + in.remaining() + " are left");
        }
        ByteBuffer field = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return field;
    }

    void skip(int form) {
        switch (form) {
            case VARINT -> varint();
            case FIXED64 -> in.getLong();
            case BYTES -> bytes();
            case FIXED32 -> in.getInt();
            default -> throw new IllegalArgumentException("a field of form " + form);
        }
    }

    static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
