package dev.shiplog.cli.command;

import dev.shiplog.cli.Failure;
import dev.shiplog.cli.command.Selection.Operator;
import dev.shiplog.cli.command.Selection.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Reads kubectl's label selectors: {@code a=b,c!=d,e in (f,g),h notin (i),j,!k}. */
final class SelectorText {

    private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_./]*)";
    private static final String VALUE = "([-A-Za-z0-9_.]*)";
    private static final Pattern EQUAL = Pattern.compile(KEY + "\\s*==?\\s*" + VALUE);
    private static final Pattern UNEQUAL = Pattern.compile(KEY + "\\s*!=\\s*" + VALUE);
    private static final Pattern SET = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([-A-Za-z0-9_.,\\s]*)\\)");
    private static final Pattern PRESENT = Pattern.compile("(!?)\\s*" + KEY);

    private SelectorText() {}

    static List<Requirement> requirements(String text) {
        var requirements = new ArrayList<Requirement>();
        if (text.isBlank()) {
            return requirements;
        }
        for (String part : text.split(",(?![^(]*\\))", -1)) {
            requirements.add(requirement(part.strip(), text));
        }
        return requirements;
    }

    private static Requirement requirement(String part, String whole) {
        var unequal = UNEQUAL.matcher(part);
        if (unequal.matches()) {
            return new Requirement(unequal.group(1), Operator.NotIn, List.of(unequal.group(2)));
        }
        var equal = EQUAL.matcher(part);
        if (equal.matches()) {
            return new Requirement(equal.group(1), Operator.In, List.of(equal.group(2)));
        }
        var set = SET.matcher(part);
        if (set.matches()) {
            var values = Arrays.stream(set.group(3).split(",", -1))
                    .map(String::strip)
                    .toList();
            return new Requirement(set.group(1), set.group(2).equals("in") ? Operator.In : Operator.NotIn, values);
        }
        var present = PRESENT.matcher(part);
        if (present.matches()) {
            return new Requirement(
                    present.group(2), present.group(1).isEmpty() ? Operator.Exists : Operator.DoesNotExist, List.of());
        }
        throw Failure.usage("\"" + part + "\" in the selector \"" + whole
                + "\" is not understood; write for example provider=gke, region!=us-east-1 or provider in (gke,eks)");
    }
}
