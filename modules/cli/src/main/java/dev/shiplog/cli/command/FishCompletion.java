package dev.shiplog.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes fish's completions from the commands themselves; picocli has none for fish. */
final class FishCompletion {

    private FishCompletion() {}

    static String script(CommandSpec root) {
        var lines = new ArrayList<String>();
        lines.add("# fish completion of " + root.name());
        lines.add("complete -c " + root.name() + " -f");
        command(root, root.name(), List.of(), lines);
        return String.join("\n", lines) + "\n";
    }

    private static void command(CommandSpec command, String program, List<String> path, List<String> lines) {
        var seen = new StringBuilder();
        path.forEach(
                word -> seen.append("__fish_seen_subcommand_from ").append(word).append("; and "));
        var names = command.subcommands().keySet();
        if (!names.isEmpty()) {
            var condition = seen
                    + (path.isEmpty()
                            ? "__fish_use_subcommand"
                            : "not __fish_seen_subcommand_from " + String.join(" ", names));
            command.subcommands()
                    .forEach((name, below) -> lines.add("complete -c " + program + " -n '" + condition + "' -a " + name
                            + " -d " + quoted(header(below.getCommandSpec()))));
        }
        for (var option : command.options()) {
            if (path.isEmpty() || !option.inherited()) {
                lines.add(option(
                        option, program, path.isEmpty() ? "" : seen.substring(0, seen.length() - "; and ".length())));
            }
        }
        command.subcommands().forEach((name, below) -> {
            if (below.getCommandName().equals(name)) {
                var longer = new ArrayList<>(path);
                longer.add(name);
                command(below.getCommandSpec(), program, longer, lines);
            }
        });
    }

    private static String option(OptionSpec option, String program, String condition) {
        var line = new StringBuilder("complete -c " + program);
        if (!condition.isEmpty()) {
            line.append(" -n '").append(condition).append('\'');
        }
        for (var name : option.names()) {
            line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().min() > 0) {
            line.append(" -r");
            if (option.longestName().equals("--filename")) {
                line.append(" -F");
            }
        }
        var description = option.description();
        return line + " -d " + quoted(description.length == 0 ? "" : description[0]);
    }

    private static String header(CommandSpec command) {
        var header = command.usageMessage().header();
        return header.length == 0 ? "" : header[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
