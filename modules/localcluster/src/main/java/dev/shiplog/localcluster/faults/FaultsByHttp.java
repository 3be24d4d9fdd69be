package dev.shiplog.localcluster.faults;

import dev.shiplog.localcluster.json.StrictObject;
import dev.shiplog.localcluster.nodes.Connectivity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The admin API under {@code /_faults}: GET, PUT and DELETE of what lasts, POST of what happens once. It answers with what lasts from now
 * on. Lives on the cluster's thread.
 */
public final class FaultsByHttp {
    private static final long LONGEST_MILLIS = Duration.ofDays(1).toMillis();

    private final Faults faults;

    public FaultsByHttp(Faults faults) {
        this.faults = faults;
    }

    /**
     * Nothing if there is no such path.
     *
     * @throws IllegalArgumentException with a sentence for whoever sent what cannot be done; nothing has changed then
     */
    public Optional<ObjectNode> administer(String method, String path, String body) {
        switch (method + " " + path) {
            case "GET /_faults" -> {}
            case "PUT /_faults" -> faults.set(FaultSettings.of(body));
            case "DELETE /_faults" -> faults.noneNow();
            case "POST /_faults/cut-watches" -> plain(body, faults::cutWatches);
            case "POST /_faults/expire-watches" -> plain(body, faults::expireWatches);
            case "POST /_faults/wipe" -> plain(body, faults::wipe);
            case "POST /_faults/revoke-credentials" -> plain(body, faults::revokeCredentials);
            case "POST /_faults/nodes-gone" -> {
                StrictObject wanted = StrictObject.of(body, List.of("nodes", "noticedAfterMillis"));
                long noticedAfter = wanted.whole("noticedAfterMillis", Connectivity.GRACE.toMillis(), LONGEST_MILLIS);
                faults.cutNow(Duration.ofMillis(noticedAfter), nodes(wanted));
            }
            case "POST /_faults/nodes-back" -> faults.joinNow(nodes(StrictObject.of(body, List.of("nodes"))));
            default -> {
                return Optional.empty();
            }
        }
        ObjectNode answer = faults.settings().toJson();
        faults.gone().forEach(answer.putArray("nodesGone")::add);
        return Optional.of(answer);
    }

    private static void plain(String body, Runnable happening) {
        StrictObject.of(body, List.of());
        happening.run();
    }

    private List<String> nodes(StrictObject wanted) {
        List<String> names = wanted.texts("nodes");
        List<String> known = faults.nodes();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "nodes: " + StrictObject.unknown(name, known).getMessage());
            }
        }
        return names;
    }
}
