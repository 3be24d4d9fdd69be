package dev.shiplog.localcluster.replay;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which answers may be other ones than those that were recorded, and why that is borne. */
final class KnownDifferences {
    /** On any cluster the answer may differ from the recorded one, and from its own the next time. */
    private static final Borne HOW_FAR_CONTROLLERS_ARE =
            new Borne("what has become of pods and statuses by then, and how often they were written, is chance", true);

    private static final Borne PLACEMENT = new Borne("which pod runs on which node is chance", true);
    private static final Borne NODES = new Borne("nodes carry the labels of those who made them", true);
    private static final Borne KINDS = new Borne("clusters serve different groups and kinds", true);
    private static final Borne HASHES = new Borne("a local cluster tells no storage version hashes", false);
    private static final Borne AGGREGATED =
            new Borne("a local cluster serves no aggregated discovery; clients fall back", false);

    /** By scenario and request. */
    private static final Map<String, Map<Integer, Borne>> BORNE = Map.of(
            "demo-01: 01-apply-create",
            Map.of(6, HOW_FAR_CONTROLLERS_ARE),
            "demo-13: 13-errors-conflict",
            Map.of(
                    20, HOW_FAR_CONTROLLERS_ARE,
                    30, HOW_FAR_CONTROLLERS_ARE,
                    31, HOW_FAR_CONTROLLERS_ARE,
                    32, HOW_FAR_CONTROLLERS_ARE),
            "demo-13g: 13-errors-gone",
            Map.of(3, HOW_FAR_CONTROLLERS_ARE, 16, HOW_FAR_CONTROLLERS_ARE),
            "demo-16: 16-list-watch",
            Map.of(
                    20, PLACEMENT,
                    24, HOW_FAR_CONTROLLERS_ARE,
                    27, HOW_FAR_CONTROLLERS_ARE,
                    28, HOW_FAR_CONTROLLERS_ARE),
            "demo-18: 18-nodes-access-version",
            Map.of(2, NODES, 21, KINDS, 23, HASHES, 24, KINDS, 25, AGGREGATED));

    private KnownDifferences() {}

    /** @param anywhere whether any cluster may differ there, or a local one only */
    private record Borne(String reason, boolean anywhere) {}

    /** Of a local cluster on driven time: what differs and is not borne, and what is borne and does not differ any more, but by chance. */
    static Map<String, List<String>> ofLocalCluster(String scenario, Map<String, List<String>> differences) {
        Map<Integer, Borne> borne = new TreeMap<>(BORNE.getOrDefault(scenario, Map.of()));
        Map<String, List<String>> left = new TreeMap<>();
        differences.forEach((title, found) -> {
            if (borne.remove(number(title)) == null) {
                left.put(title, found);
            }
        });
        borne.forEach((request, why) -> {
            if (!why.anywhere()) {
                left.put(request + " no longer differs", List.of(why.reason()));
            }
        });
        return left;
    }

    /** Of any other cluster: what it does not share, but for that in which no two clusters need agree. */
    static Map<String, List<String>> ofAnyCluster(String scenario, Map<String, List<String>> differences) {
        Map<Integer, Borne> borne = BORNE.getOrDefault(scenario, Map.of());
        Map<String, List<String>> left = new TreeMap<>(differences);
        left.keySet().removeIf(title -> {
            Borne why = borne.get(number(title));
            return why != null && why.anywhere();
        });
        return left;
    }

    private static Integer number(String title) {
        return Integer.valueOf(title.substring(0, title.indexOf(' ')));
    }
}
