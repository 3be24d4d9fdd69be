package dev.shiplog.localcluster.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which pod a client was sent to last, for Services with {@code sessionAffinity: ClientIP}. Each request renews it. Only the
 * latest {@value #MOST} clients are remembered.
 */
final class Affinity {
    static final int MOST = 10_000;

    private record Client(String service, String address) {}

    private record Sent(String pod, Instant at) {}

    private final Map<Client, Sent> clients = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Client, Sent> eldest) {
            return size() > MOST;
        }
    };

    Optional<String> podOf(String service, String address, Duration timeout, Instant now) {
        return Optional.ofNullable(clients.get(new Client(service, address)))
                .filter(sent -> sent.at().plus(timeout).isAfter(now))
                .map(Sent::pod);
    }

    void sent(String service, String address, String pod, Instant now) {
        clients.put(new Client(service, address), new Sent(pod, now));
    }
}
