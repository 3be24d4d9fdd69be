package dev.shiplog.localcluster.validation;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.Cause;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the Gateway API's definition of an HTTPRoute refuses. Rules without backends are not refused: they fail requests. */
final class HttpRoutes {
    private static final int MOST_RULES = 16;
    private static final int MOST_BACKENDS = 16;
    private static final int MOST_MATCHES = 64;
    private static final int MOST_PARENTS = 32;
    private static final long HEAVIEST = 1_000_000;
    private static final long HIGHEST_PORT = 65_535;
    private static final String[] METHODS = {
        "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"
    };

    private HttpRoutes() {}

    static void check(Findings findings, ObjectNode route) {
        JsonNode spec = route.path("spec");
        atMost(findings, "spec.parentRefs", spec.path("parentRefs"), MOST_PARENTS);
        for (int i = 0; i < spec.path("parentRefs").size(); i++) {
            named(
                    findings,
                    "spec.parentRefs[" + i + "]",
                    spec.path("parentRefs").path(i));
        }
        atMost(findings, "spec.rules", spec.path("rules"), MOST_RULES);
        for (int i = 0; i < spec.path("rules").size(); i++) {
            rule(findings, "spec.rules[" + i + "]", spec.path("rules").path(i));
        }
    }

    private static void rule(Findings findings, String field, JsonNode rule) {
        JsonNode backends = rule.path("backendRefs");
        atMost(findings, field + ".backendRefs", backends, MOST_BACKENDS);
        for (int i = 0; i < backends.size(); i++) {
            backend(findings, field + ".backendRefs[" + i + "]", backends.path(i));
        }
        JsonNode matches = rule.path("matches");
        atMost(findings, field + ".matches", matches, MOST_MATCHES);
        for (int i = 0; i < matches.size(); i++) {
            match(findings, field + ".matches[" + i + "]", matches.path(i));
        }
    }

    private static void backend(Findings findings, String field, JsonNode backend) {
        named(findings, field, backend);
        within(findings, field + ".weight", backend.path("weight"), 0, HEAVIEST);
        within(findings, field + ".port", backend.path("port"), 1, HIGHEST_PORT);
        if (Json.text(backend, "kind").equals("Service")
                && Json.text(backend, "group").isEmpty()
                && !backend.has("port")) {
            findings.invalid(field, backend, "Must have port for Service reference");
        }
    }

    private static void match(Findings findings, String field, JsonNode match) {
        JsonNode path = match.path("path");
        findings.oneOf(field + ".path.type", path.path("type"), "Exact", "PathPrefix", "RegularExpression");
        String value = path.path("value").asString("/");
        if (!Json.text(path, "type").equals("RegularExpression") && !value.startsWith("/")) {
            findings.invalid(
                    field + ".path",
                    path,
                    "value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']");
        }
        findings.oneOf(field + ".method", match.path("method"), METHODS);
        for (String list : new String[] {"headers", "queryParams"}) {
            for (int i = 0; i < match.path(list).size(); i++) {
                String one = field + "." + list + "[" + i + "]";
                JsonNode wanted = match.path(list).path(i);
                named(findings, one, wanted);
                findings.oneOf(one + ".type", wanted.path("type"), "Exact", "RegularExpression");
                if (!wanted.has("value")) {
                    findings.required(one + ".value");
                }
            }
        }
    }

    private static void named(Findings findings, String field, JsonNode reference) {
        if (!reference.has("name")) {
            findings.required(field + ".name");
        }
    }

    private static void within(Findings findings, String field, JsonNode value, long least, long most) {
        if (value.isNumber() && value.longValue() < least) {
            findings.invalid(field, value, field + " in body should be greater than or equal to " + least);
        } else if (value.isNumber() && value.longValue() > most) {
            findings.invalid(field, value, field + " in body should be less than or equal to " + most);
        }
    }

    private static void atMost(Findings findings, String field, JsonNode list, int most) {
        if (list.size() > most) {
            findings.add(new Cause(
                    "FieldValueTooMany", "Too many: " + list.size() + ": must have at most " + most + " items", field));
        }
    }
}
