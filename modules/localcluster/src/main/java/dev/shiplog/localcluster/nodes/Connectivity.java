package dev.shiplog.localcluster.nodes;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Which nodes are gone for the rest of their cluster. To be changed on the cluster's thread; may be asked from any. */
public final class Connectivity {
    /** For so long a node may be silent before anybody minds. */
    public static final Duration GRACE = Duration.ofSeconds(50);

    private final Map<String, Duration> gone = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /** From now on nothing is heard of the node; the cluster finds out after that time. */
    public void cut(String node, Duration noticedAfter) {
        if (gone.put(node, noticedAfter) == null) {
            listeners.forEach(listener -> listener.accept(node));
        }
    }

    /** The node is heard of again. */
    public void join(String node) {
        if (gone.remove(node) != null) {
            listeners.forEach(listener -> listener.accept(node));
        }
    }

    public boolean isGone(String node) {
        return gone.containsKey(node);
    }

    public Set<String> gone() {
        return new TreeSet<>(gone.keySet());
    }

    /** Hears of every node that goes or comes back. */
    public void listen(Consumer<String> listener) {
        listeners.add(listener);
    }

    Duration noticedAfter(String node) {
        return gone.getOrDefault(node, GRACE);
    }
}
