package dev.shiplog.cli.releasefile;

import dev.shiplog.cli.Failure;
import java.util.ArrayList;
import java.util.List;

/** All that is wrong, so that it can be put right in one go. */
final class Problems {

    private static final int SHOWN_MAX = 20;

    private final List<String> lines = new ArrayList<>();

    /**
     * Of one field at one place, the first problem is told.
     *
     * @param path of the field, e.g. {@code spec.strategy}; empty for the whole file
     */
    void add(Place place, String path, String sentence) {
        var start = place + ": " + (path.isEmpty() ? "" : path + ": ");
        boolean told = path.isEmpty()
                ? lines.contains(start + sentence)
                : lines.stream().anyMatch(line -> line.startsWith(start));
        if (!told) {
            lines.add(start + sentence);
        }
    }

    void addAll(Problems others) {
        others.lines.stream().filter(line -> !lines.contains(line)).forEach(lines::add);
    }

    int count() {
        return lines.size();
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Stops everything if anything is wrong: nothing has been sent yet. */
    void refuse() {
        if (!lines.isEmpty()) {
            var shown = new ArrayList<>(lines.subList(0, Math.min(SHOWN_MAX, lines.size())));
            if (lines.size() > SHOWN_MAX) {
                shown.add("… and " + (lines.size() - SHOWN_MAX) + " more");
            }
            throw Failure.refused(String.join("\n", shown));
        }
    }
}
