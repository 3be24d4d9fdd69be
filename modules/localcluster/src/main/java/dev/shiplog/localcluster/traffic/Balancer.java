package dev.shiplog.localcluster.traffic;

import dev.shiplog.localcluster.control.Owner;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Picks the pod that answers, as kube-proxy does: any ready endpoint, or the one a client with affinity had before. */
final class Balancer {
    private static final long DEFAULT_TIMEOUT_SECONDS = 10_800;

    private final Store store;
    private final Timers timers;
    private final Random random;
    private final Affinity affinity = new Affinity();

    Balancer(Store store, Timers timers, long seed) {
        this.store = store;
        this.timers = timers;
        this.random = new Random(seed);
    }

    /** Empty if no endpoint is ready. */
    Optional<ObjectNode> pick(ObjectNode service, String client) {
        List<JsonNode> ready = Owner.controlled(store, service, Kinds.ENDPOINT_SLICE).stream()
                .flatMap(slice -> slice.path("endpoints").valueStream())
                .filter(endpoint -> Json.flag(endpoint, "conditions", "ready"))
                .toList();
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        boolean sticky = Json.text(service, "spec", "sessionAffinity").equals("ClientIP");
        JsonNode endpoint = sticky ? stick(service, client, ready) : any(ready);
        ObjectKey key =
                Kinds.POD.key(Json.text(endpoint, "targetRef", "namespace"), Json.text(endpoint, "targetRef", "name"));
        return Optional.ofNullable(store.get(key));
    }

    private JsonNode stick(ObjectNode service, String client, List<JsonNode> ready) {
        String uid = Json.text(service, "metadata", "uid");
        Duration timeout = Duration.ofSeconds(Json.number(
                service, DEFAULT_TIMEOUT_SECONDS, "spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds"));
        JsonNode endpoint = affinity.podOf(uid, client, timeout, timers.now())
                .flatMap(pod ->
                        ready.stream().filter(one -> pod(one).equals(pod)).findFirst())
                .orElseGet(() -> any(ready));
        affinity.sent(uid, client, pod(endpoint), timers.now());
        return endpoint;
    }

    private JsonNode any(List<JsonNode> ready) {
        return Objects.requireNonNull(ready.get(random.nextInt(ready.size())));
    }

    private static String pod(JsonNode endpoint) {
        return Json.text(endpoint, "targetRef", "uid");
    }

    boolean chance(double share) {
        return share > 0 && random.nextDouble() < share;
    }
}
