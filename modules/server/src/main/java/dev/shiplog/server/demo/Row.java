package dev.shiplog.server.demo;

import java.util.List;
import java.util.Optional;

/**
 * A row of the walkthrough: what is typed, and what must hold afterwards.
 *
 * @param number in the walkthrough
 * @param told a line or two for who watches
 * @param steps in their order
 */
record Row(int number, String told, List<Step> steps) {

    Row {
        steps = List.copyOf(steps);
    }

    /** One thing that is done or checked. */
    sealed interface Step {

        /** A command line, as it would be typed; it must exit with 0. */
        record Type(String line) implements Step {}

        /** Something that must come to hold within the tour's patience. */
        record Expect(String what, Check check) implements Step {}

        /** Requests that are sent and counted; the counts are shown, and must come to be as expected. */
        record Measure(String typed, String what, Look look) implements Step {}
    }

    /** Sends requests and counts the answers. */
    @FunctionalInterface
    interface Look {
        Seen seen() throws Exception;
    }

    /**
     * @param lines the counts, for who watches
     * @param missing what is not so yet; empty once it is
     */
    record Seen(List<String> lines, Optional<String> missing) {
        Seen {
            lines = List.copyOf(lines);
        }
    }

    /** Says what is not so yet; empty once it is. */
    @FunctionalInterface
    interface Check {
        Optional<String> missing() throws Exception;
    }
}
