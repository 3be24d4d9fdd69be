package dev.shiplog.views.status;

import dev.shiplog.protocol.view.Phase;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** How an application is over all its clusters: as the worst of them, in the order Degraded, Paused, Progressing. */
public final class ApplicationRule {

    /** Over all clusters. */
    public record Overall(Phase phase, String message) {}

    private ApplicationRule() {}

    /** @param clusters by name, in the order in which they are shown; at least one */
    public static Overall overall(SequencedMap<String, Status> clusters) {
        for (var phase : List.of(Phase.Degraded, Phase.Paused, Phase.Progressing)) {
            var in = clusters.entrySet().stream()
                    .filter(entry -> entry.getValue().phase() == phase)
                    .toList();
            if (!in.isEmpty()) {
                return new Overall(phase, sentence(in));
            }
        }
        var unseen = clusters.entrySet().stream()
                .filter(entry -> !entry.getValue().news())
                .toList();
        return new Overall(Phase.Healthy, unseen.isEmpty() ? rolledOut(clusters) : sentence(unseen));
    }

    private static String sentence(List<Map.Entry<String, Status>> clusters) {
        var first = clusters.getFirst();
        var more = clusters.size() - 1;
        return first.getKey() + ": " + first.getValue().message()
                + switch (more) {
                    case 0 -> "";
                    case 1 -> " (and on 1 more cluster)";
                    default -> " (and on " + more + " more clusters)";
                };
    }

    private static String rolledOut(SequencedMap<String, Status> clusters) {
        return clusters.size() == 1
                ? clusters.firstEntry().getValue().message()
                : "successfully rolled out on " + clusters.size() + " clusters";
    }
}
