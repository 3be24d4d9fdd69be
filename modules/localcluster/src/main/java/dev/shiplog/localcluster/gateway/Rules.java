package dev.shiplog.localcluster.gateway;

import dev.shiplog.localcluster.json.Json;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the rule under which a request falls, as the Gateway API ranks them: an exact path before the longest prefix, then one
 * that names a method, then the one with most headers, then with most parameters, then the first.
 */
public final class Rules {
    private static final Comparator<Match> RANK = Comparator.comparing(Match::isExact)
            .thenComparingInt(Match::length)
            .thenComparing(match -> match.content.has("method"))
            .thenComparingInt(match -> match.content.path("headers").size())
            .thenComparingInt(match -> match.content.path("queryParams").size())
            .thenComparing(Comparator.comparingInt(Match::rule).reversed());

    private record Match(int rule, JsonNode content) {

        boolean isExact() {
            return type(content.path("path"), "PathPrefix").equals("Exact");
        }

        int length() {
            return Json.at(content, "path", "value").asString("/").length();
        }
    }

    private Rules() {}

    /** The number of the rule in the route; empty if the request falls under none. */
    public static Optional<Integer> matching(ObjectNode route, RouteRequest asked) {
        JsonNode rules = Json.at(route, "spec", "rules");
        return IntStream.range(0, rules.size())
                .boxed()
                .flatMap(rule -> alternatives(rules.path(rule)).map(match -> new Match(rule, match)))
                .filter(match -> matches(match.content, asked))
                .max(RANK)
                .map(Match::rule);
    }

    /** One without any falls under the rule whatever it is like. */
    private static Stream<JsonNode> alternatives(JsonNode rule) {
        return rule.path("matches").isEmpty()
                ? Stream.of(Json.object())
                : rule.path("matches").valueStream();
    }

    private static boolean matches(JsonNode match, RouteRequest asked) {
        String method = Json.text(match, "method");
        return matchesPath(match.path("path"), asked.path())
                && (method.isEmpty() || method.equals(asked.method()))
                && haveAll(match.path("headers"), asked.headers(), true)
                && haveAll(match.path("queryParams"), asked.query(), false);
    }

    private static boolean matchesPath(JsonNode wanted, String path) {
        String value = wanted.path("value").asString("/");
        return switch (type(wanted, "PathPrefix")) {
            case "Exact" -> path.equals(value);
            case "RegularExpression" -> isLike(value, path);
            default -> {
                // /foo is a prefix of /foo and /foo/bar, and not of /foobar
                String prefix = value.endsWith("/") ? value : value + "/";
                yield (path + "/").startsWith(prefix);
            }
        };
    }

    private static boolean haveAll(JsonNode wanted, Map<String, String> present, boolean anyCase) {
        return wanted.valueStream().allMatch(one -> {
            String name = Json.text(one, "name");
            String value = present.get(anyCase ? name.toLowerCase(Locale.ROOT) : name);
            String expected = Json.text(one, "value");
            return value != null
                    && (type(one, "Exact").equals("Exact") ? value.equals(expected) : isLike(expected, value));
        });
    }

    private static String type(JsonNode of, String otherwise) {
        return of.path("type").asString(otherwise);
    }

    private static boolean isLike(String expression, String text) {
        try {
            return Pattern.matches(expression, text);
        } catch (PatternSyntaxException nothingIsLikeIt) {
            return false;
        }
    }
}
