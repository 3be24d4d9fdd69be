package dev.shiplog.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to reach a cluster, and how hard it may be pressed.
 *
 * @param namespaces what to watch and to write to; empty: all namespaces, which takes a ClusterRole
 * @param requestsPerSecond in the long run, watches not counted
 * @param burst requests that may be sent at once after a rest
 * @param requestsUnderWay at once, watches not counted; the others wait, so that connections don't grow with applications
 * @param connectTimeout for a connection to be made
 * @param requestTimeout for an answer to be complete
 */
public record ClusterConnection(
        Access access,
        List<String> namespaces,
        double requestsPerSecond,
        int burst,
        int requestsUnderWay,
        Duration connectTimeout,
        Duration requestTimeout) {

    /** Where the API server is and as whom we come. */
    public sealed interface Access {

        /** @param context of the file; empty: its current one */
        record Kubeconfig(Path file, Optional<String> context) implements Access {}

        /** The cluster that this process runs in, by the service account of its pod. */
        record InCluster() implements Access {}

        /**
         * @param url e.g. {@code https://10.0.0.1:6443}
         * @param token of a service account; empty: nobody in particular
         * @param certificateAuthority a file in PEM; empty: those that Java trusts
         */
        record Bearer(String url, Optional<String> token, Optional<Path> certificateAuthority) implements Access {
            @Override
            public String toString() {
                return "Bearer[" + url + "]";
            }
        }
    }

    public ClusterConnection {
        namespaces = List.copyOf(namespaces);
        if (requestsPerSecond <= 0 || burst < 1 || requestsUnderWay < 1) {
            throw new IllegalArgumentException("a cluster needs at least one request: qps " + requestsPerSecond
                    + ", burst " + burst + ", under way " + requestsUnderWay
                    + " (qps must be above 0, the others at least 1)");
        }
    }

    /** With the limits that suit most clusters: 50 requests per second, bursts of 100, 64 under way, 5 and 15 seconds. */
    public ClusterConnection(Access access) {
        this(access, List.of(), 50, 100, GatewayLimits.USUAL.requests(), Duration.ofSeconds(5), Duration.ofSeconds(15));
    }
}
