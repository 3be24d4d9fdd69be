package dev.shiplog.cli.show;

import dev.shiplog.cli.Console;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows something that changes: on a terminal the lines are drawn over those before; elsewhere only lines that were not
 * there the last time are added, so that a log reads as what happened.
 */
public final class Screen {

    private final Console console;
    private List<String> shown = List.of();

    public Screen(Console console) {
        this.console = console;
    }

    public void show(List<String> lines) {
        if (console.outIsTerminal()) {
            redraw(fitting(lines));
        } else {
            var before = new java.util.HashSet<>(shown);
            lines.stream().filter(line -> !before.contains(line)).forEach(console.out()::println);
            shown = lines;
        }
        console.out().flush();
    }

    /** Something else was written below: what was shown stays, and is drawn anew under it. */
    public void leave() {
        shown = console.outIsTerminal() ? List.of() : shown;
    }

    private void redraw(List<String> lines) {
        if (lines.equals(shown)) {
            return;
        }
        var text = new StringBuilder();
        if (!shown.isEmpty()) {
            // Up to the first line shown, and clear from there.
            text.append(String.format("\u001b[%dA\u001b[J", shown.size()));
        }
        lines.forEach(line -> text.append(line).append('\n'));
        console.out().print(text);
        shown = lines;
    }

    /** What goes over the edge can't be drawn over: so it is left out, and said. */
    private List<String> fitting(List<String> lines) {
        var room = Math.max(2, console.lines() - 1);
        var fitting = new ArrayList<>(lines.subList(0, Math.min(lines.size(), room)));
        if (lines.size() > room) {
            fitting.set(room - 1, "… " + (lines.size() - room + 1) + " more lines; a higher terminal shows them");
        }
        fitting.replaceAll(line -> Table.cut(line, console.columns()));
        return fitting;
    }
}
