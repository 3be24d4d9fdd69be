package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.access.Question;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.Cause;
import dev.shiplog.localcluster.status.StatusException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
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

    static void answer(Call call, Backend backend) {
        if (!call.method().equals("POST")) {
            throw Api.methodNotAllowed();
        }
        String kind = KINDS.getOrDefault(call.path(), "");
        ObjectNode asked = asked(call, kind);
        ObjectNode review = Json.object();
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
                Optional<String> reason = backend.authorizer().allows(call.caller(), question(spec));
                ObjectNode status = review.putObject("status").put("allowed", reason.isPresent());
                reason.filter(text -> !text.isEmpty()).ifPresent(text -> status.put("reason", text));
            }
            case "SelfSubjectRulesReview" -> {
                String namespace = Json.text(asked, "spec", "namespace");
                if (namespace.isEmpty()) {
                    throw StatusException.badRequest("no namespace on request");
                }
                review.putObject("spec");
                ObjectNode status = review.putObject("status");
                ArrayNode ofResources = status.putArray("resourceRules");
                ArrayNode ofPaths = status.putArray("nonResourceRules");
                for (JsonNode rule : backend.authorizer().rules(call.caller(), namespace)) {
                    (rule.has("nonResourceURLs") ? ofPaths : ofResources).add(rule);
                }
                status.put("incomplete", false);
            }
            default -> {
                ((ObjectNode) review.path("metadata"))
                        .put(
                                "creationTimestamp",
                                backend.timers()
                                        .now()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString());
                ObjectNode user = review.putObject("status").putObject("userInfo");
                user.put("username", call.caller().name());
                call.caller().groups().forEach(user.withArray("groups")::add);
            }
        }
        call.answer(201, review);
    }

    /** Every part of it has the type that it should have. */
    private static ObjectNode asked(Call call, String kind) {
        JsonNode body = Decoder.json(call);
        JsonNode spec = body.path("spec");
        boolean wellFormed = body.isObject() && (spec.isObject() || absent(spec));
        for (String name : List.of("resourceAttributes", "nonResourceAttributes")) {
            JsonNode attributes = spec.path(name);
            wellFormed &= absent(attributes)
                    || (attributes.isObject()
                            && attributes.valueStream().allMatch(value -> value.isString() || value.isObject()));
        }
        if (!wellFormed) {
            throw StatusException.badRequest(
                    kind + " in version \"v1\" cannot be handled as a " + kind + ": a field is of a wrong type");
        }
        return (ObjectNode) body;
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
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
