package dev.shiplog.protocol;

import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;

/** Moments, exact to the nanosecond. */
final class Times {

    private Times() {}

    static Instant fromProto(Timestamp message, String path) {
        try {
            return Instant.ofEpochSecond(message.getSeconds(), message.getNanos());
        } catch (DateTimeException | ArithmeticException e) {
            throw FieldProblem.invalid(path, "no moment: " + message.getSeconds() + " s");
        }
    }

    static Timestamp toProto(Instant moment) {
        return Timestamp.newBuilder()
                .setSeconds(moment.getEpochSecond())
                .setNanos(moment.getNano())
                .build();
    }
}
