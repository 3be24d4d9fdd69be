package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.access.Authorizer;
import dev.shiplog.localcluster.access.Question;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.Cause;
import dev.shiplog.localcluster.status.StatusException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Questions about the caller: may I, what may I, who am I. Nothing is kept. */
final class Reviews {
    private static final Map<String, String> KINDS = Map.of(
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "SelfSubjectAccessReview",
            "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", "SelfSubjectRulesReview",
            "/apis/authentication.k8s.io/v1/selfsubjectreviews", "SelfSubjectReview");

    private Reviews() {}

    static boolean isOne(String path) {
        return KINDS.containsKey(path);
    }

    static void answer(Call call, Authorizer authorizer) {
        if (!call.method().equals("POST")) {
            throw Api.methodNotAllowed();
        }
        ObjectNode asked = Decoder.json(call) instanceof ObjectNode object ? object : Json.object();
        ObjectNode review = Json.object();
        String kind = KINDS.getOrDefault(call.path(), "");
        review.put("kind", kind)
                .put(
                        "apiVersion",
                        call.path().startsWith("/apis/authentication")
                                ? "authentication.k8s.io/v1"
                                : "authorization.k8s.io/v1");
        review.putObject("metadata");
        switch (kind) {
            case "SelfSubjectAccessReview" -> {
                ObjectNode spec = asked.path("spec") instanceof ObjectNode object ? object : Json.object();
                if (spec.has("resourceAttributes") == spec.has("nonResourceAttributes")) {
                    throw StatusException.invalid(
                            "authorization.k8s.io",
                            "",
                            "",
                            List.of(Cause.invalid(
                                    "spec.resourceAttributes",
                                    "null",
                                    "exactly one of nonResourceAttributes or resourceAttributes must be specified")));
                }
                review.set("spec", spec);
                Optional<String> reason = authorizer.allows(call.caller(), question(spec));
                ObjectNode status = review.putObject("status").put("allowed", reason.isPresent());
                reason.filter(text -> !text.isEmpty()).ifPresent(text -> status.put("reason", text));
            }
            case "SelfSubjectRulesReview" -> {
                review.putObject("spec");
                ObjectNode status = review.putObject("status");
                ObjectNode rule = status.putArray("resourceRules").addObject();
                rule.putArray("verbs").add("*");
                rule.putArray("apiGroups").add("*");
                rule.putArray("resources").add("*");
                ObjectNode paths = status.putArray("nonResourceRules").addObject();
                paths.putArray("verbs").add("*");
                paths.putArray("nonResourceURLs").add("*");
                status.put("incomplete", false);
            }
            default -> {
                ((ObjectNode) review.path("metadata"))
                        .put(
                                "creationTimestamp",
                                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
                ObjectNode user = review.putObject("status").putObject("userInfo");
                user.put("username", call.caller().name());
                call.caller().groups().forEach(user.withArray("groups")::add);
            }
        }
        call.answer(201, review);
    }

    private static Question question(ObjectNode spec) {
        JsonNode path = spec.path("nonResourceAttributes");
        if (path.isObject()) {
            return Question.ofPath(Json.text(path, "verb"), Json.text(path, "path"));
        }
        JsonNode resource = spec.path("resourceAttributes");
        String subresource = Json.text(resource, "subresource");
        return new Question(
                Json.text(resource, "verb"),
                Json.text(resource, "group"),
                Json.text(resource, "resource") + (subresource.isEmpty() ? "" : "/" + subresource),
                Json.text(resource, "namespace"),
                Json.text(resource, "name"),
                "");
    }
}
