package dev.shiplog.kubernetes.explain;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.json.Json;
import dev.shiplog.kubernetes.access.ApiServer;
import dev.shiplog.kubernetes.trouble.TroubleException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a Deployment does not get on: reads the pods of its newest ReplicaSet and, for those whose status tells nothing,
 * the warnings among their events. What may not be read is passed over: an explanation is a favour, not a need.
 */
public final class Explainer {

    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String HASH = "pod-template-hash";
    private static final int MOST_PODS = 50;
    private static final int MOST_EVENTS_READ_FOR = 2;

    private final ApiServer server;

    public Explainer(ApiServer server) {
        this.server = server;
    }

    public List<Trouble> explain(String namespace, List<String> deployments) throws InterruptedException {
        var troubles = new ArrayList<Trouble>();
        for (var deployment : deployments) {
            try {
                troubles.addAll(explain(namespace, deployment));
            } catch (TroubleException e) {
                if (e.trouble().kind() == Kind.FORBIDDEN) {
                    troubles.add(new Trouble(
                            Kind.NOT_READY,
                            "pods are not ready, and we may not see why: "
                                    + e.trouble().detail()));
                }
            }
        }
        return PodTroubles.ranked(troubles);
    }

    private List<Trouble> explain(String namespace, String name) throws TroubleException, InterruptedException {
        var in = "/namespaces/" + namespace + "/";
        var deployment = server.read("/apis/apps/v1" + in + "deployments/" + name);
        var selector = selector(deployment.object("spec").object("selector"));
        var replicaSets = server.read("/apis/apps/v1" + in + "replicasets?labelSelector=" + encoded(selector));
        var newest = PodTroubles.objects(replicaSets, "items").stream()
                .filter(replicaSet -> isOf(replicaSet, deployment))
                .filter(replicaSet -> annotation(replicaSet).equals(annotation(deployment)))
                .flatMap(replicaSet -> replicaSet.object("metadata").object("labels").text(HASH).stream())
                .findFirst();
        if (newest.isEmpty()) {
            return List.of();
        }
        var pods = server.read("/api/v1" + in + "pods?limit=" + MOST_PODS + "&labelSelector="
                + encoded(selector + (selector.isEmpty() ? "" : ",") + HASH + "=" + newest.get()));
        var troubles = new ArrayList<Trouble>();
        int eventsReadFor = 0;
        for (var unready : PodTroubles.of(PodTroubles.objects(pods, "items"))) {
            if (unready.isVague() && eventsReadFor < MOST_EVENTS_READ_FOR) {
                eventsReadFor++;
                troubles.add(warning(in, unready.pod())
                        .map(warning ->
                                new Trouble(Kind.NOT_READY, unready.trouble().detail() + " (" + warning + ")"))
                        .orElse(unready.trouble()));
            } else {
                troubles.add(unready.trouble());
            }
        }
        return troubles;
    }

    /** The last thing that the cluster complained of about the pod. */
    private Optional<String> warning(String in, String pod) throws InterruptedException {
        try {
            var events = server.read("/api/v1" + in + "events?limit=" + MOST_PODS + "&fieldSelector="
                    + encoded("involvedObject.name=" + pod + ",type=Warning"));
            return PodTroubles.objects(events, "items").stream()
                    .filter(event -> event.object("involvedObject").text("name").equals(Optional.of(pod)))
                    .reduce((earlier, later) -> later)
                    .map(event -> event.text("reason").orElse("") + ": "
                            + event.text("message").orElse(""));
        } catch (TroubleException e) {
            return Optional.empty();
        }
    }

    private static boolean isOf(Json.Obj replicaSet, Json.Obj deployment) {
        var uid = deployment.object("metadata").text("uid");
        return PodTroubles.objects(replicaSet.object("metadata"), "ownerReferences").stream()
                .anyMatch(owner -> owner.text("uid").equals(uid));
    }

    private static Optional<String> annotation(Json.Obj object) {
        return object.object("metadata").object("annotations").text(REVISION);
    }

    /** A selector as the API takes it in a query: {@code app=hello,track in (stable,canary)}. */
    static String selector(Json.Obj selector) {
        var terms = new ArrayList<String>();
        selector.object("matchLabels").members().forEach((name, value) -> {
            if (value instanceof Json.Str text) {
                terms.add(name + "=" + text.value());
            }
        });
        for (var expression : PodTroubles.objects(selector, "matchExpressions")) {
            var key = expression.text("key").orElse("");
            var values = expression.list("values").stream()
                    .filter(Json.Str.class::isInstance)
                    .map(value -> ((Json.Str) value).value())
                    .collect(Collectors.joining(",", "(", ")"));
            switch (expression.text("operator").orElse("")) {
                case "In" -> terms.add(key + " in " + values);
                case "NotIn" -> terms.add(key + " notin " + values);
                case "Exists" -> terms.add(key);
                case "DoesNotExist" -> terms.add("!" + key);
                default -> {
                    // The API server knows no other.
                }
            }
        }
        return String.join(",", terms);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
