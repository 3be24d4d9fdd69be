package dev.shiplog.localcluster.gateway;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.ObjectKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Splits the requests of each rule of a route over its Services, exactly by weight and evenly in time: with 9 to 1 every tenth request
 * goes to the lighter one.
 *
 * <p>Each backend gains its weight with each request; the one that has gained most takes the request and pays the sum of
 * all weights. With 3 to 1: a(3,1→-1,1) a(2,2→-2,2) b(1,3→1,-1) a(4,0→0,0), and again.
 */
public final class Routes {
    private static final int MOST = 1_000;

    private static final class Turn {
        private final List<Backend> backends;
        private final long[] gained;

        Turn(List<Backend> backends) {
            this.backends = backends;
            this.gained = new long[backends.size()];
        }
    }

    private final Map<String, Turn> turns = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Turn> eldest) {
            return size() > MOST;
        }
    };

    /** The Service that the next request under this rule goes to; empty if no backend has a weight. */
    public Optional<ObjectKey> next(ObjectNode route, int rule) {
        List<Backend> backends = Backend.of(route, rule);
        long sum = backends.stream().mapToLong(Backend::weight).sum();
        if (sum == 0) {
            return Optional.empty();
        }
        String key = Json.text(route, "metadata", "uid") + "/" + rule;
        Turn turn = turns.get(key);
        if (turn == null || !turn.backends.equals(backends)) {
            turn = new Turn(backends);
            turns.put(key, turn);
        }
        int chosen = 0;
        for (int i = 0; i < turn.gained.length; i++) {
            turn.gained[i] += backends.get(i).weight();
            chosen = turn.gained[i] > turn.gained[chosen] ? i : chosen;
        }
        turn.gained[chosen] -= sum;
        return Optional.of(backends.get(chosen).service());
    }
}
