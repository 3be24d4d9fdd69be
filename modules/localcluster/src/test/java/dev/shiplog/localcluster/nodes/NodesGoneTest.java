package dev.shiplog.localcluster.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.HttpClientOf;
import dev.shiplog.localcluster.TestCluster;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.pods.Taints;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kinds;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class NodesGoneTest {
    private static final String NODE = "node-1";
    private static final Predicate<JsonNode> THERE = pod -> Pods.nodeName(pod).equals(NODE);

    private final TestCluster cluster = new TestCluster();

    @BeforeEach
    void start() {
        cluster.deploy("hello", 3, "hello:1.0.0");
        cluster.service("hello", "{\"app\":\"hello\"}");
        cluster.seconds(5);
        assertThat(pods(THERE)).hasSize(1);
        assertThat(readyEndpoints()).isEqualTo(3);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void nobodyMindsAtFirst() {
        cluster.cluster().faults().nodesGone(NODE);
        cluster.seconds(49);

        assertThat(ready(NODE)).isEqualTo("True");
        assertThat(readyEndpoints()).isEqualTo(3);
    }

    @Test
    void theNodeIsUnknownAndItsPodsServeNobody() {
        cluster.cluster().faults().nodesGone(NODE);
        cluster.seconds(51);

        assertThat(ready(NODE)).isEqualTo("Unknown");
        assertThat(ready("node-2")).isEqualTo("True");
        assertThat(Taints.of(node(NODE), "NoExecute")).hasSize(1);
        assertThat(pods(THERE))
                .allMatch(pod -> !Pods.isReady(pod) && Pods.phase(pod).equals("Running"));
        assertThat(readyEndpoints()).isEqualTo(2);
        assertThat(available()).isEqualTo(2);
    }

    @Test
    void podsAreReplacedOnceTheyBearItNoLonger() {
        cluster.cluster().faults().nodesGone(NODE);
        cluster.seconds(349);
        assertThat(pods(pod -> true)).hasSize(3).noneMatch(Pods::isTerminating);

        cluster.seconds(6);
        assertThat(pods(THERE)).as("nobody is there to end it").singleElement().matches(Pods::isTerminating);
        assertThat(pods(THERE.negate())).hasSize(3).allMatch(Pods::isReady);
        assertThat(available()).isEqualTo(3);
        assertThat(readyEndpoints()).isEqualTo(3);
    }

    @Test
    void aNodeThatIsBackInTimeGoesOnWithItsPods() {
        ObjectNode before = pods(THERE).getFirst();
        cluster.cluster().faults().nodesGone(NODE);
        cluster.seconds(100);
        cluster.cluster().faults().nodesBack(NODE);
        cluster.seconds(1);

        assertThat(ready(NODE)).isEqualTo("True");
        assertThat(node(NODE).path("spec").has("taints")).isFalse();
        assertThat(readyEndpoints()).isEqualTo(3);
        cluster.seconds(400);
        assertThat(pods(THERE)).singleElement().satisfies(pod -> {
            assertThat(Pods.isReady(pod)).isTrue();
            assertThat(Json.at(pod, "status", "containerStatuses"))
                    .as("no container was started again")
                    .isEqualTo(Json.at(before, "status", "containerStatuses"));
        });
    }

    @Test
    void aNodeThatIsBackLateEndsThePodsThatWereReplaced() {
        cluster.cluster().faults().nodesGone(NODE);
        cluster.seconds(400);
        cluster.cluster().faults().none();
        cluster.seconds(2);

        assertThat(pods(THERE)).isEmpty();
        assertThat(pods(pod -> true)).hasSize(3).allMatch(Pods::isReady);
    }

    @Test
    void aPodThatIsBoundToASilentNodeStartsWhenItIsBack() {
        cluster.cluster().faults().nodesGone(NODE);
        cluster.deploy("late", 3, "hello:1.0.0");
        cluster.seconds(5);
        Predicate<JsonNode> late =
                THERE.and(pod -> Json.text(pod, "metadata", "labels", "app").equals("late"));
        assertThat(pods(late)).isNotEmpty().noneMatch(Pods::isReady);
        cluster.cluster().faults().nodesBack();
        cluster.seconds(5);
        assertThat(pods(late)).isNotEmpty().allMatch(Pods::isReady);
    }

    @Test
    void podsOfADaemonSetStay() {
        cluster.put(Kinds.DAEMON_SET, "agent", (ObjectNode) Json.parse("""
                {"selector":{"matchLabels":{"app":"agent"}},
                 "template":{"metadata":{"labels":{"app":"agent"}},"spec":{"containers":[{"name":"a","image":"agent:1"}]}}}
                """));
        cluster.seconds(5);
        cluster.cluster().faults().nodesGone(NODE);
        cluster.seconds(1000);

        assertThat(pods(THERE.and(
                        pod -> Json.text(pod, "metadata", "labels", "app").equals("agent"))))
                .singleElement()
                .matches(pod -> !Pods.isTerminating(pod) && !Pods.isReady(pod));
    }

    @Test
    void aTaintThatNobodyBearsDrivesPodsOut() {
        cluster.cluster()
                .onLoop(() -> Objects.requireNonNull(cluster.store()
                        .update(
                                Kinds.NODE.key("", NODE),
                                "test",
                                node -> Json.with(
                                        node,
                                        Json.parse("[{\"key\":\"k\",\"effect\":\"NoExecute\"}]"),
                                        "spec",
                                        "taints"))));
        cluster.seconds(5);

        assertThat(pods(THERE)).isEmpty();
        assertThat(pods(Pods::isReady)).hasSize(3);
    }

    @Test
    void podsOfANodeThatWasDeletedGo() {
        cluster.cluster()
                .onLoop(() ->
                        Objects.requireNonNull(cluster.store().delete(Kinds.NODE.key("", NODE), Deletion.BACKGROUND)));
        cluster.seconds(45);

        assertThat(pods(THERE)).isEmpty();
        assertThat(pods(Pods::isReady)).hasSize(3);
    }

    @Test
    void isAdministeredOverHttp() {
        try (HttpClientOf client = new HttpClientOf(cluster.cluster())) {
            String body = "{\"nodes\":[\"node-1\"],\"noticedAfterMillis\":1000}";
            assertThat(client.send("POST", "/_faults/nodes-gone", "application/json", body)
                            .status())
                    .isEqualTo(200);
            cluster.seconds(2);
            assertThat(ready(NODE)).isEqualTo("Unknown");
            assertThat(client.get("/_faults").body().path("nodesGone").toString())
                    .isEqualTo("[\"node-1\"]");
            client.send("DELETE", "/_faults", "", "");
            cluster.seconds(2);
            assertThat(ready(NODE)).isEqualTo("True");
        }
    }

    private List<ObjectNode> pods(Predicate<? super ObjectNode> which) {
        return cluster.list(Kinds.POD).stream().filter(which).toList();
    }

    private ObjectNode node(String name) {
        return cluster.cluster()
                .onLoop(() -> Objects.requireNonNull(cluster.store().get(Kinds.NODE.key("", name))));
    }

    private String ready(String node) {
        return Pods.condition(node(node), "Ready")
                .map(condition -> Json.text(condition, "status"))
                .orElse("");
    }

    private long available() {
        return Json.number(cluster.get(Kinds.DEPLOYMENT, "hello"), 0, "status", "availableReplicas");
    }

    private long readyEndpoints() {
        return cluster.list(Kinds.ENDPOINT_SLICE).stream()
                .flatMap(slice -> slice.path("endpoints").valueStream())
                .filter(endpoint -> Json.flag(endpoint, "conditions", "ready"))
                .count();
    }
}
