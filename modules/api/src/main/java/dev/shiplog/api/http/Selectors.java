package dev.shiplog.api.http;

import dev.shiplog.domain.fleet.LabelSelector;
import dev.shiplog.domain.fleet.LabelSelector.Operator;
import dev.shiplog.domain.fleet.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Label selectors as kubectl writes them: {@code a=b,c!=d,e in (f,g),h notin (i),j,!k}. */
public final class Selectors {

    private static final Pattern BETWEEN = Pattern.compile(",(?![^(]*\\))");
    private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_./]*)";
    private static final Pattern COMPARED = Pattern.compile(KEY + "\\s*(==?|!=)\\s*([-A-Za-z0-9_.]*)");
    private static final Pattern LISTED = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([-A-Za-z0-9_.,\\s]*)\\)");
    private static final Pattern PRESENT = Pattern.compile("(!?)\\s*" + KEY);

    private Selectors() {}

    /** @throws Problems.Refused if the text is no selector */
    public static LabelSelector parse(String parameter, String text) {
        var requirements = new ArrayList<Requirement>();
        for (var part : BETWEEN.split(text, -1)) {
            requirements.add(requirement(parameter, part.strip()));
        }
        return new LabelSelector(Map.of(), requirements);
    }

    private static Requirement requirement(String parameter, String part) {
        var compared = COMPARED.matcher(part);
        if (compared.matches()) {
            var operator = compared.group(2).equals("!=") ? Operator.NOT_IN : Operator.IN;
            return new Requirement(compared.group(1), operator, List.of(compared.group(3)));
        }
        var listed = LISTED.matcher(part);
        if (listed.matches()) {
            var operator = listed.group(2).equals("in") ? Operator.IN : Operator.NOT_IN;
            return new Requirement(
                    listed.group(1), operator, List.of(listed.group(3).strip().split("\\s*,\\s*", -1)));
        }
        var present = PRESENT.matcher(part);
        if (present.matches()) {
            return new Requirement(
                    present.group(2),
                    present.group(1).isEmpty() ? Operator.EXISTS : Operator.DOES_NOT_EXIST,
                    List.of());
        }
        throw Parameters.wrong(
                parameter,
                "\"" + part + "\" is not understood; write for example tier=backend, app!=auth or app in (hello,auth)");
    }
}
