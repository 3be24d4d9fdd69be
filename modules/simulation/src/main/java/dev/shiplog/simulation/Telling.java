package dev.shiplog.simulation;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;

/** The story of one seed: its last lines, and a fingerprint of all of them. */
final class Telling {

    /** As many lines as anybody reads. */
    static final int KEPT_LINES = 2_000;

    private final Agenda agenda;
    private final boolean words;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private long fingerprint = 1_125_899_906_842_597L;
    private long count;

    /** @param words whether the lines are wanted, or only their number and times: that is much faster */
    Telling(Agenda agenda, boolean words) {
        this.agenda = agenda;
        this.words = words;
    }

    void tell(Supplier<String> line) {
        count++;
        fingerprint = 31 * fingerprint + agenda.nowMillis();
        if (words) {
            long millis = agenda.nowMillis();
            var text = String.format(
                    "%3d:%02d.%03d  %s", millis / 60_000, millis / 1_000 % 60, millis % 1_000, line.get());
            fingerprint = 31 * fingerprint + text.hashCode();
            lines.add(text);
            if (lines.size() > KEPT_LINES) {
                lines.removeFirst();
            }
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    long fingerprint() {
        return fingerprint;
    }

    long count() {
        return count;
    }
}
