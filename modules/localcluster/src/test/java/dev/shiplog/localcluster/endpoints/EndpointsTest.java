package dev.shiplog.localcluster.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.TestCluster;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class EndpointsTest {
    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void tellReadyPodsFromOthersAndGoWithTheService() {
        cluster.deploy("hello", 2, "hello:1.0.0");
        cluster.deploy("never", 1, "never:1.0.0");
        cluster.change(
                Kinds.DEPLOYMENT,
                "never",
                it -> Json.with(
                        it, Json.parse("{\"app\":\"never\",\"too\":\"x\"}"), "spec", "template", "metadata", "labels"));
        cluster.service("both", "{}");
        cluster.service("hello", "{\"app\":\"hello\"}");
        cluster.service("never", "{\"app\":\"never\"}");
        cluster.seconds(5);

        assertThat(subset("hello").path("addresses")).hasSize(2);
        assertThat(subset("hello").path("ports").toString())
                .isEqualTo("[{\"name\":\"http\",\"protocol\":\"TCP\",\"port\":80}]");
        assertThat(subset("never").has("addresses")).isFalse();
        assertThat(subset("never").path("notReadyAddresses").isEmpty()).isFalse();
        assertThat(cluster.list(Kinds.ENDPOINTS))
                .as("without a selector nothing is kept")
                .hasSize(2);

        cluster.delete(Kinds.SERVICE, "hello");
        assertThat(cluster.list(Kinds.ENDPOINTS)).hasSize(1);
    }

    @Test
    void aNameOfSomethingOutsideHasNone() {
        cluster.deploy("hello", 1, "hello:1.0.0");
        cluster.put(Kinds.SERVICE, "out", (ObjectNode) Json.parse(
                "{\"type\":\"ExternalName\",\"externalName\":\"example.com\",\"selector\":{\"app\":\"hello\"}}"));
        cluster.seconds(5);

        assertThat(cluster.list(Kinds.ENDPOINTS)).isEmpty();
        assertThat(cluster.list(Kinds.ENDPOINT_SLICE)).isEmpty();
    }

    /** As the endpoint and endpoint slice controllers of Kubernetes do, even where not one endpoint changes. */
    @Test
    void theirLabelsFollowThoseOfTheService() {
        cluster.deploy("hello", 1, "hello:1.0.0");
        cluster.service("hello", "{\"app\":\"hello\"}");
        cluster.seconds(5);

        label("{\"owner\":\"shop\",\"kubernetes.io/service-name\":\"other\"}");
        assertThat(labels(cluster.list(Kinds.ENDPOINT_SLICE).getFirst()))
                .containsEntry("owner", "shop")
                .as("slices are found by it")
                .containsEntry("kubernetes.io/service-name", "hello");
        assertThat(labels(cluster.get(Kinds.ENDPOINTS, "hello"))).containsEntry("owner", "shop");

        label("{}");
        assertThat(labels(cluster.list(Kinds.ENDPOINT_SLICE).getFirst())).doesNotContainKey("owner");
        assertThat(labels(cluster.get(Kinds.ENDPOINTS, "hello"))).doesNotContainKey("owner");
    }

    private void label(String labels) {
        cluster.change(Kinds.SERVICE, "hello", it -> Json.with(it, Json.parse(labels), "metadata", "labels"));
        cluster.seconds(1);
    }

    private static Map<String, String> labels(ObjectNode object) {
        return Json.at(object, "metadata", "labels")
                .propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, label -> label.getValue().asString()));
    }

    private tools.jackson.databind.JsonNode subset(String service) {
        return cluster.get(Kinds.ENDPOINTS, service).path("subsets").path(0);
    }
}
