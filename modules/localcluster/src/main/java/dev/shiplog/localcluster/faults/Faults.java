package dev.shiplog.localcluster.faults;

import dev.shiplog.localcluster.access.Tokens;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
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
    private final Streams streams;
    private final Random random;
    private volatile FaultSettings settings = FaultSettings.NONE;

    public Faults(Store store, Timers timers, Tokens tokens, Streams streams, long seed) {
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
    }

    /** Every open watch ends; they may resume where they were. */
    public void cutWatches() {
        timers.execute(streams::cut);
    }

    /** Every open watch ends and none may resume: who watched must list again. */
    public void expireWatches() {
        timers.execute(streams::expire);
    }

    /** Everything in the cluster is gone at once. */
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
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(Json.copy(settings.toJson()));
    }
}
