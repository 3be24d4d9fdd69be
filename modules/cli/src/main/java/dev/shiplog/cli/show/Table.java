package dev.shiplog.cli.show;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows under a heading, in columns as wide as they need to be, three spaces apart as kubectl's. */
public final class Table {

    private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final String GAP = "   ";

    private final List<String> heading;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... heading) {
        this.heading = List.of(heading);
    }

    public Table row(Object... cells) {
        rows.add(java.util.Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public List<String> lines() {
        var all = new ArrayList<List<String>>();
        all.add(heading);
        all.addAll(rows);
        var widths = new int[heading.size()];
        for (var row : all) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i));
            if (i < row.size() - 1) {
                line.append(" ".repeat(widths[i] - width(row.get(i)))).append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }

    /** Columns that a text takes on a terminal; our signs take one each. */
    static int width(String text) {
        var plain = ESCAPE.matcher(text).replaceAll("");
        return plain.codePointCount(0, plain.length());
    }

    /** The text, cut so that it takes no more than so many columns. */
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        var cut = new StringBuilder();
        var escape = ESCAPE.matcher(text);
        int taken = 0;
        int at = 0;
        while (at < text.length() && taken < columns - 1) {
            if (escape.region(at, text.length()).lookingAt()) {
                cut.append(escape.group());
                at = escape.end();
            } else {
                int symbol = text.codePointAt(at);
                cut.appendCodePoint(symbol);
                at += Character.charCount(symbol);
                taken++;
            }
        }
        return cut.append('…')
                .append(text.indexOf('\u001b') >= 0 ? "\u001b[0m" : "")
                .toString();
    }
}
