package dev.shiplog.localcluster.faults;

import dev.shiplog.localcluster.access.Tokens;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.nodes.Connectivity;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Strikes requests by chance, the same ones for the same seed and order of requests, and does what else can happen to a
 * cluster. May be used from any thread; also to be had over HTTP under {@code /_faults}, which no fault strikes.
 */
public final class Faults {
    /** What happens to one request instead of its answer. */
    public enum Strike {
        NONE,
        TOO_MANY_REQUESTS,
        INTERNAL_ERROR,
        UNAVAILABLE,
        DROPPED,
        HUNG
    }

    /** What a cluster does about its watches. */
    public interface Streams {
        void cut();

        void expire();
    }

    private final Store store;
    private final Timers timers;
    private final Tokens tokens;
    private final Connectivity connectivity;
    private final Streams streams;
    private final Random random;
    private volatile FaultSettings settings = FaultSettings.NONE;

    public Faults(Store store, Timers timers, Tokens tokens, Connectivity connectivity, Streams streams, long seed) {
        this.connectivity = connectivity;
        this.store = store;
        this.timers = timers;
        this.tokens = tokens;
        this.streams = streams;
        this.random = new Random(seed);
    }

    public FaultSettings settings() {
        return settings;
    }

    public void set(FaultSettings from) {
        this.settings = from;
    }

    public void none() {
        this.settings = FaultSettings.NONE;
        tokens.restore();
        nodesBack();
    }

    /**
     * Nothing is heard any more of these nodes, or of all if none is named, and nobody reaches their pods. The cluster finds out after
     * {@link Connectivity#GRACE}.
     */
    public void nodesGone(String... names) {
        nodesGone(Connectivity.GRACE, names);
    }

    /** The same, found out after another time. */
    public void nodesGone(Duration noticedAfter, String... names) {
        timers.execute(() -> named(names).forEach(node -> connectivity.cut(node, noticedAfter)));
    }

    /** These nodes, or all if none is named, are heard of again. */
    public void nodesBack(String... names) {
        timers.execute(() -> (names.length == 0 ? connectivity.gone() : List.of(names)).forEach(connectivity::join));
    }

    private List<String> named(String... names) {
        return names.length > 0
                ? List.of(names)
                : store.list(Kinds.NODE).stream()
                        .map(node -> Json.text(node, "metadata", "name"))
                        .toList();
    }

    /** Every open watch ends; they may resume where they were. */
    public void cutWatches() {
        timers.execute(streams::cut);
    }

    /** Every open watch ends and none may resume: who watched must list again. */
    public void expireWatches() {
        timers.execute(streams::expire);
    }

    /** Everything in the cluster is gone at once; what a new cluster has comes again. */
    public void wipe() {
        timers.execute(store::wipe);
    }

    /** From now on nobody is let in, until {@link #none}. */
    public void revokeCredentials() {
        tokens.revokeAll();
    }

    /** What happens to the next request with this path. */
    public synchronized Strike strike(String path) {
        FaultSettings now = settings;
        if (now.equals(FaultSettings.NONE) || !path.contains(now.pathContains())) {
            return Strike.NONE;
        }
        double chance = random.nextDouble();
        double[] shares = {now.tooManyRequests(), now.internalError(), now.unavailable(), now.dropped(), now.hung()};
        for (int i = 0; i < shares.length; i++) {
            if (chance < shares[i]) {
                return Strike.values()[i + 1];
            }
            chance -= shares[i];
        }
        return Strike.NONE;
    }

    /** The admin API: GET, PUT and DELETE of the settings, POST of what happens once. Nothing if it is not understood. */
    public Optional<ObjectNode> administer(String method, String path, JsonNode body) {
        switch (method + " " + path) {
            case "GET /_faults" -> {}
            case "PUT /_faults" -> set(FaultSettings.of(body));
            case "DELETE /_faults" -> none();
            case "POST /_faults/cut-watches" -> cutWatches();
            case "POST /_faults/expire-watches" -> expireWatches();
            case "POST /_faults/wipe" -> wipe();
            case "POST /_faults/revoke-credentials" -> revokeCredentials();
            case "POST /_faults/nodes-gone" ->
                nodesGone(
                        Duration.ofMillis(Json.number(body, Connectivity.GRACE.toMillis(), "noticedAfterMillis")),
                        nodes(body));
            case "POST /_faults/nodes-back" -> nodesBack(nodes(body));
            default -> {
                return Optional.empty();
            }
        }
        ObjectNode answer = settings.toJson();
        connectivity.gone().forEach(answer.putArray("nodesGone")::add);
        return Optional.of(answer);
    }

    private static String[] nodes(JsonNode body) {
        return body.path("nodes").valueStream().map(JsonNode::asString).toArray(String[]::new);
    }
}
