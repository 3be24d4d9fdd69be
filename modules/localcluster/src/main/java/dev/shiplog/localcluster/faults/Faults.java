package dev.shiplog.localcluster.faults;

import dev.shiplog.localcluster.access.Tokens;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.nodes.Connectivity;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Strikes requests by chance, the same ones for the same seed and order of requests, and does what else can happen to a
 * cluster. May be used from any thread; also to be had over HTTP ({@link FaultsByHttp}), which no fault strikes.
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
        timers.execute(this::noneNow);
    }

    void noneNow() {
        this.settings = FaultSettings.NONE;
        tokens.restore();
        joinNow(List.of());
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
        timers.execute(() -> cutNow(noticedAfter, List.of(names)));
    }

    void cutNow(Duration noticedAfter, List<String> names) {
        (names.isEmpty() ? nodes() : names).forEach(node -> connectivity.cut(node, noticedAfter));
    }

    /** These nodes, or all if none is named, are heard of again. */
    public void nodesBack(String... names) {
        timers.execute(() -> joinNow(List.of(names)));
    }

    void joinNow(List<String> names) {
        (names.isEmpty() ? gone() : names).forEach(connectivity::join);
    }

    /** All nodes of the cluster, those too that are gone. */
    List<String> nodes() {
        Set<String> names = new TreeSet<>(connectivity.gone());
        store.list(Kinds.NODE).forEach(node -> names.add(Json.text(node, "metadata", "name")));
        return List.copyOf(names);
    }

    List<String> gone() {
        return List.copyOf(connectivity.gone());
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
}
