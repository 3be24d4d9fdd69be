package dev.shiplog.localcluster.replay;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where a local cluster answers otherwise, and why that is borne. */
final class KnownDifferences {
    private static final String SLICES_COME_TOGETHER = "the slice is written fewer times, so its generation is lower";
    private static final String CONTROLLERS_ARE_FASTER =
            "on driven time controllers are done before the next request: other versions, other intermediate states";

    /** By scenario and request, each with its reason. */
    private static final Map<String, Map<Integer, String>> BORNE = Map.of(
            "demo-01: 01-apply-create",
            Map.of(6, SLICES_COME_TOGETHER),
            "demo-13: 13-errors-conflict",
            Map.of(
                    20, CONTROLLERS_ARE_FASTER,
                    30, CONTROLLERS_ARE_FASTER,
                    31, CONTROLLERS_ARE_FASTER,
                    32, CONTROLLERS_ARE_FASTER),
            "demo-13: 13-errors-invalid 13-errors-access 13-errors-http",
            Map.of(20, "this one Status of the real server lacks its kind"),
            "demo-13g: 13-errors-gone",
            Map.of(3, CONTROLLERS_ARE_FASTER, 16, CONTROLLERS_ARE_FASTER),
            "demo-16: 16-list-watch",
            Map.of(
                    20, "the scheduler spreads otherwise",
                    24, CONTROLLERS_ARE_FASTER,
                    27, CONTROLLERS_ARE_FASTER,
                    28, CONTROLLERS_ARE_FASTER),
            "demo-18: 18-nodes-access-version",
            Map.of(
                    2, "nodes carry no labels of a simulator",
                    21, "fewer groups are served",
                    23, "no storage version hashes",
                    24, "fewer kinds are served",
                    25, "aggregated discovery is not served; clients fall back"));

    private KnownDifferences() {}

    /** What differs and is not borne, and what is borne and does not differ any more. */
    static Map<String, List<String>> judge(String scenario, Map<String, List<String>> differences) {
        Map<Integer, String> borne = new TreeMap<>(BORNE.getOrDefault(scenario, Map.of()));
        Map<String, List<String>> left = new TreeMap<>();
        differences.forEach((title, found) -> {
            if (borne.remove(Integer.valueOf(title.substring(0, title.indexOf(' ')))) == null) {
                left.put(title, found);
            }
        });
        borne.forEach((request, reason) -> left.put(request + " no longer differs", List.of(reason)));
        return left;
    }
}
