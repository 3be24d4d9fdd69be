package dev.shiplog.cli.releasefile;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that was probably meant. */
public final class Nearest {

    private static final int LONG_ENOUGH = 8;

    private Nearest() {}

    /** The nearest by edit distance, if it is near: at most a third of the letters differ, and never more than three. Else
     * one that the name begins with. */
    public static Optional<String> to(String name, Collection<String> known) {
        int near = Math.min(3, Math.max(1, name.length() / 3));
        return known.stream()
                .filter(candidate -> distance(folded(name), folded(candidate)) <= near)
                .min(Comparator.comparingInt((String candidate) -> distance(folded(name), folded(candidate)))
                        .thenComparing(Comparator.naturalOrder()))
                .or(() -> beginning(name, known));
    }

    /** A name that goes on after a known one of some length: {@code scaleDownDelaySeconds}. */
    private static Optional<String> beginning(String name, Collection<String> known) {
        return known.stream()
                .filter(candidate ->
                        candidate.length() >= LONG_ENOUGH && folded(name).startsWith(folded(candidate)))
                .max(Comparator.comparingInt(String::length));
    }

    /** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost 1 each. */
    static int distance(String from, String to) {
        var rows = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                int substituted = rows[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                rows[i][j] = Math.min(substituted, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                if (swapped) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[from.length()][to.length()];
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
