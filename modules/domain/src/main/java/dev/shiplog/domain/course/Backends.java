package dev.shiplog.domain.course;

import dev.shiplog.domain.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The backends of an HTTPRoute, with an application's Service divided into one for its stable pods and one for its
 * canary's, and whole again. Only rules that have the Service are touched, and only their backendRefs.
 *
 * <pre>
 *   hello (1)              at 25 %:  hello-stable 75, hello-canary 25
 *   hello (3), search (1)  at 25 %:  hello-stable 225, hello-canary 75, search 100
 * </pre>
 *
 * <p>All weights of a rule are a hundred times what they were, so that the Service's share of the rule stays what it was,
 * and the way back needs no memory.
 */
public final class Backends {

    public static final String API_VERSION = "gateway.networking.k8s.io/v1";
    public static final String KIND = "HTTPRoute";

    private static final int WHOLE = 100;

    private Backends() {}

    /** The name of the Service of one side alone: {@code hello-stable}, {@code hello-canary}. */
    public static String nameOf(String service, Role side) {
        return service + (side == Role.CANARY ? "-canary" : "-stable");
    }

    /** Whether some rule sends requests to the Service, whole or divided. */
    public static boolean has(Json.Obj route, String service) {
        return rules(whole(route, service)).stream()
                .anyMatch(rule -> references(rule).stream()
                        .anyMatch(reference -> isTo(reference, service, route) && weight(reference) > 0));
    }

    /** The route with the canary at so many per cent of the Service's requests. */
    public static Json.Obj divided(Json.Obj route, String service, int weight) {
        return withRules(whole(route, service), rule -> {
            var references = references(rule);
            return references.stream().noneMatch(reference -> isTo(reference, service, route))
                    ? rule
                    : rule.with(
                            "backendRefs",
                            Json.array(references.stream()
                                    .flatMap(reference -> divided(reference, service, route, weight).stream())
                                    .toList()));
        });
    }

    private static List<Json.Obj> divided(Json.Obj reference, String service, Json.Obj route, int weight) {
        long own = weight(reference);
        return isTo(reference, service, route)
                ? List.of(
                        to(reference, nameOf(service, Role.PLAIN), own * (WHOLE - weight)),
                        to(reference, nameOf(service, Role.CANARY), own * weight))
                : List.of(reference.with("weight", Json.number(own * WHOLE)));
    }

    /** The route as it was. */
    public static Json.Obj whole(Json.Obj route, String service) {
        return withRules(route, rule -> {
            var stable = nameOf(service, Role.PLAIN);
            var canary = nameOf(service, Role.CANARY);
            var references = references(rule);
            boolean isDivided = references.stream()
                    .anyMatch(reference -> isTo(reference, stable, route) || isTo(reference, canary, route));
            return isDivided ? rule.with("backendRefs", whole(references, service, route)) : rule;
        });
    }

    /** Each canary's reference comes right after its stable one's, and goes back into it. */
    private static Json.Arr whole(List<Json.Obj> references, String service, Json.Obj route) {
        var joined = new ArrayList<Json.Obj>();
        for (int i = 0; i < references.size(); i++) {
            var reference = references.get(i);
            long weight = weight(reference);
            boolean isStable = isTo(reference, nameOf(service, Role.PLAIN), route);
            boolean isCanary = isTo(reference, nameOf(service, Role.CANARY), route);
            boolean isPair = isStable
                    && i + 1 < references.size()
                    && isTo(references.get(i + 1), nameOf(service, Role.CANARY), route);
            if (isPair) {
                i++;
                weight += weight(references.get(i));
            }
            joined.add(to(
                    reference,
                    isStable || isCanary ? service : reference.text("name").orElse(""),
                    Math.ceilDiv(weight, WHOLE)));
        }
        return Json.array(joined);
    }

    private static Json.Obj to(Json.Obj reference, String service, long weight) {
        return reference.with("name", Json.text(service)).with("weight", Json.number(weight));
    }

    private static boolean isTo(Json.Obj reference, String service, Json.Obj route) {
        return reference.text("name").filter(service::equals).isPresent()
                && isOr(reference.text("kind"), "Service")
                && isOr(reference.text("group"), "")
                && isOr(
                        reference.text("namespace"),
                        route.object("metadata").text("namespace").orElse(""));
    }

    private static boolean isOr(Optional<String> said, String otherwise) {
        return said.filter(text -> !text.equals(otherwise)).isEmpty();
    }

    private static long weight(Json.Obj reference) {
        return reference.number("weight").orElse(1);
    }

    private static List<Json.Obj> rules(Json.Obj route) {
        return objects(route.object("spec"), "rules");
    }

    private static List<Json.Obj> references(Json.Obj rule) {
        return objects(rule, "backendRefs");
    }

    private static List<Json.Obj> objects(Json.Obj object, String member) {
        return object.list(member).stream()
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .toList();
    }

    private static Json.Obj withRules(Json.Obj route, UnaryOperator<Json.Obj> change) {
        return rules(route).isEmpty()
                ? route
                : route.withObject(
                        "spec",
                        spec -> spec.with(
                                "rules",
                                Json.array(rules(route).stream().map(change).toList())));
    }
}
