package dev.shiplog.protocol;

import com.google.protobuf.Timestamp;
import dev.shiplog.domain.course.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Moments, exact to the nanosecond, and lengths of time as people write them. */
final class Times {

    private Times() {}

    static Instant fromProto(Timestamp message, String path) {
        try {
            return Instant.ofEpochSecond(message.getSeconds(), message.getNanos());
        } catch (DateTimeException | ArithmeticException e) {
            throw FieldProblem.invalid(path, "no moment: " + message.getSeconds() + " s");
        }
    }

    /** A length of time such as {@code 5m}; empty where the text is. */
    static Optional<Duration> duration(String text, String path) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Durations.parse(text));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw FieldProblem.invalid(path, String.valueOf(e.getMessage()));
        }
    }

    static Timestamp toProto(Instant moment) {
        return Timestamp.newBuilder()
                .setSeconds(moment.getEpochSecond())
                .setNanos(moment.getNano())
                .build();
    }
}
