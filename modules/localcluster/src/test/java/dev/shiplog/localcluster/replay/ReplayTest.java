package dev.shiplog.localcluster.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.ClusterSettings.NodeSettings;
import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.world.World;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
    private static final List<NodeSettings> NODES = List.of(node(0), node(1), node(2));

    private static NodeSettings node(int number) {
        return new NodeSettings("node-" + number, "32", "128Gi", "local", "zone-" + number);
    }

    /** A request in a line, and below it what differs, each in a line of its own. */
    private static String readable(Map<String, List<String>> differences) {
        StringBuilder text = new StringBuilder();
        differences.forEach((request, found) -> {
            text.append("\n").append(request);
            found.forEach(difference -> text.append("\n    ").append(difference));
        });
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo-01: 01-apply-create",
                "demo-02: 02-scale",
                "demo-10: 10-session-affinity",
                "demo-13: 13-errors-conflict",
                "demo-13: 13-errors-invalid 13-errors-access 13-errors-http",
                "demo-13g: 13-errors-gone",
                "demo-15: 15-dry-run",
                "demo-16: 16-list-watch",
                "demo-17: 17-config",
                "demo-18: 18-nodes-access-version",
                "demo-20: 20-hpa-and-replicas-ownership"
            })
    void answersAsTheRealServerDid(String scenario) {
        String namespace = scenario.substring(0, scenario.indexOf(':'));
        try (World world = World.of(LocalCluster.named("replay").nodes(NODES));
                Replay replay = new Replay(world)) {
            replay.namespace(namespace);
            replay.weakAccount(namespace);
            Map<String, List<String>> differences = new TreeMap<>();
            for (String name : scenario.substring(scenario.indexOf(':') + 2).split(" ")) {
                differences.putAll(replay.play(Recording.read(name)));
            }

            Map<String, List<String>> left = world.isDriven()
                    ? KnownDifferences.ofLocalCluster(scenario, differences)
                    : KnownDifferences.ofAnyCluster(scenario, differences);
            assertThat(left).withFailMessage(() -> readable(left)).isEmpty();
        }
    }
}
