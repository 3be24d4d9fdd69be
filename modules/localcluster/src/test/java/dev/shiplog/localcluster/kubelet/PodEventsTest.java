package dev.shiplog.localcluster.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.ClusterSettings.NodeSettings;
import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.TestCluster;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Kinds;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What kubectl describe pod tells of a pod's life, in the order in which a kubelet tells it. */
class PodEventsTest {
    private final TestCluster cluster = new TestCluster(
            LocalCluster.named("told").nodes(List.of(new NodeSettings("node-1", "4", "8Gi", "local", "zone-1"))));

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aPodIsPulledCreatedStartedAndKilled() {
        cluster.deploy("hello", 1, "hello:1.0.0");
        cluster.seconds(5);
        assertThat(told())
                .containsExactly(
                        "Scheduled",
                        "Pulling: Pulling image \"hello:1.0.0\"",
                        "Pulled: Successfully pulled image \"hello:1.0.0\"",
                        "Created: Created container: main",
                        "Started: Started container main");
        assertThat(about("Started")).isEqualTo("spec.containers{main}");

        cluster.drain();
        cluster.delete(Kinds.DEPLOYMENT, "hello");
        cluster.seconds(5);
        assertThat(told()).containsExactly("Killing: Stopping container main");
    }

    @Test
    void anImageIsPulledOnceToEachNode() {
        cluster.deploy("hello", 1, "hello:1.0.0");
        cluster.seconds(5);
        cluster.drain();
        cluster.deploy("again", 1, "hello:1.0.0");
        cluster.seconds(5);

        assertThat(told())
                .containsExactly(
                        "Scheduled",
                        "Pulled: Container image \"hello:1.0.0\" already present on machine",
                        "Created: Created container: main",
                        "Started: Started container main");
    }

    @Test
    void anImageThatCannotBePulledIsTriedFirst() {
        cluster.deploy("bad", 1, "broken:1.0.0");
        cluster.seconds(1);

        assertThat(told())
                .startsWith("Scheduled", "Pulling: Pulling image \"broken:1.0.0\"")
                .noneMatch(each -> each.startsWith("Started"));
    }

    @Test
    void aContainerThatCrashesWasStarted() {
        cluster.deploy("bad", 1, "crash:1.0.0");
        cluster.seconds(2);

        assertThat(told().stream().map(each -> each.split(":", 2)[0]))
                .containsExactly("Scheduled", "Pulling", "Pulled", "Created", "Started", "BackOff");
    }

    @Test
    void whatFitsNowhereIsToldMoreAndMoreSeldom() {
        cluster.deploy(
                "large",
                1,
                "hello:1.0.0",
                spec -> Json.with(
                        spec,
                        Json.parse(
                                "[{\"name\":\"main\",\"image\":\"hello:1.0.0\",\"resources\":{\"requests\":{\"cpu\":\"64\"}}}]"),
                        "template",
                        "spec",
                        "containers"));
        for (int i = 0; i < 100; i++) {
            String mark = Integer.toString(i);
            cluster.cluster()
                    .onLoop(() -> cluster.store()
                            .update(
                                    Kinds.NODE.key("", "node-1"),
                                    "test",
                                    node -> Json.with(node, Json.text(mark), "metadata", "annotations", "mark")));
            cluster.seconds(0.1);
        }

        assertThat(cluster.list(Kinds.EVENT).stream()
                        .filter(event -> Json.text(event, "reason").equals("FailedScheduling")))
                .singleElement()
                .satisfies(event -> assertThat(Json.number(event, 0, "count")).isBetween(2L, 5L));
    }

    /** Of pods. */
    private Stream<ObjectNode> events() {
        return cluster.changes().stream()
                .filter(change -> change.key().kind().equals(Kinds.EVENT) && change.type() == Change.Type.ADDED)
                .map(Change::object)
                .filter(event -> Json.text(event, "involvedObject", "kind").equals("Pod"));
    }

    private List<String> told() {
        return events().map(event -> Json.text(event, "reason").equals("Scheduled")
                        ? "Scheduled"
                        : Json.text(event, "reason") + ": " + Json.text(event, "message"))
                .toList();
    }

    private String about(String reason) {
        return events().filter(event -> Json.text(event, "reason").equals(reason))
                .map(event -> Json.text(event, "involvedObject", "fieldPath"))
                .findFirst()
                .orElse("");
    }
}
