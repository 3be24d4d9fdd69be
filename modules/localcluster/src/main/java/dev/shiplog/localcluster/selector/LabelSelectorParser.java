package dev.shiplog.localcluster.selector;

import dev.shiplog.localcluster.selector.LabelSelector.Operator;
import dev.shiplog.localcluster.selector.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads selectors as they stand in a query: {@code app=hello,track in (stable,canary),!old}. */
public final class LabelSelectorParser {
    private static final String KEY = "\\s*([A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?)\\s*";
    private static final String VALUE = "\\s*((?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?)\\s*";
    private static final Pattern EQUAL = Pattern.compile(KEY + "(==|=|!=)" + VALUE);
    private static final Pattern SET = Pattern.compile(KEY + "\\s(in|notin)\\s*\\(([^()]*)\\)\\s*");
    private static final Pattern EXISTS = Pattern.compile("\\s*(!?)" + KEY);
    private static final Pattern ONE_VALUE = Pattern.compile(VALUE);

    private LabelSelectorParser() {}

    /** @throws IllegalArgumentException with what cannot be read */
    public static LabelSelector parse(String written) {
        List<Requirement> requirements = new ArrayList<>();
        for (String term : terms(written)) {
            requirements.add(requirement(term));
        }
        return requirements.isEmpty() ? LabelSelector.EVERYTHING : new LabelSelector(List.copyOf(requirements));
    }

    private static Requirement requirement(String term) {
        Matcher equal = EQUAL.matcher(term);
        if (equal.matches()) {
            Operator operator = equal.group(2).equals("!=") ? Operator.NOT_IN : Operator.IN;
            return new Requirement(equal.group(1), operator, Set.of(equal.group(3)));
        }
        Matcher set = SET.matcher(term);
        if (set.matches()) {
            Set<String> values = new TreeSet<>();
            for (String value : set.group(3).split(",", -1)) {
                Matcher one = ONE_VALUE.matcher(value);
                if (!one.matches()) {
                    throw unreadable(term);
                }
                values.add(one.group(1));
            }
            return new Requirement(set.group(1), set.group(2).equals("in") ? Operator.IN : Operator.NOT_IN, values);
        }
        Matcher exists = EXISTS.matcher(term);
        if (exists.matches()) {
            Operator operator = exists.group(1).isEmpty() ? Operator.EXISTS : Operator.NOT_EXISTS;
            return new Requirement(exists.group(2), operator, Set.of());
        }
        throw unreadable(term);
    }

    private static IllegalArgumentException unreadable(String term) {
        return new IllegalArgumentException("unable to parse requirement: " + term);
    }

    /** Splits at commas that are not in brackets. */
    private static List<String> terms(String written) {
        List<String> terms = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= written.length(); i++) {
            char c = i == written.length() ? ',' : written.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && (depth == 0 || i == written.length())) {
                terms.add(written.substring(from, i));
                from = i + 1;
            }
        }
        if (terms.size() == 1 && terms.get(0).isBlank()) {
            return List.of();
        }
        return terms;
    }
}
