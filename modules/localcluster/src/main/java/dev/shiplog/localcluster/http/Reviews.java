package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.Cause;
import dev.shiplog.localcluster.status.StatusException;
import java.util.List;
import java.util.Map;
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

    static void answer(Call call) {
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
                review.putObject("status").put("allowed", true);
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
                ObjectNode user = review.putObject("status").putObject("userInfo");
                user.put("username", "admin");
                user.putArray("groups").add("system:masters").add("system:authenticated");
            }
        }
        call.answer(201, review);
    }
}
