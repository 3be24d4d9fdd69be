package dev.shiplog.domain;

import java.util.List;

/** What a rule answers to a command: what happened, or why nothing may. */
public sealed interface Decision<E> {

    /** The events that follow; none where the command is late, repeated or changes nothing. */
    record Accepted<E>(List<E> events) implements Decision<E> {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    record Rejected<E>(Rejection rejection) implements Decision<E> {}

    @SafeVarargs
    @SuppressWarnings("varargs") // List.of copies the array and never hands it on
    static <E> Decision<E> accepted(E... events) {
        return new Accepted<>(List.of(events));
    }

    static <E> Decision<E> rejected(Rejection rejection) {
        return new Rejected<>(rejection);
    }
}
