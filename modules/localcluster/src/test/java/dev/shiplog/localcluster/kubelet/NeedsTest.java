package dev.shiplog.localcluster.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.TestCluster;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class NeedsTest {
    private static final String FROM_CONFIG_MAP = "{\"configMapRef\":{\"name\":\"settings\"}}";

    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aContainerWithoutItsConfigMapIsNotCreatedUntilItIsThere() {
        cluster.deploy("hello", 1, "hello:1.0.0", spec -> with(spec, "envFrom", "[" + FROM_CONFIG_MAP + "]"));
        cluster.seconds(3);
        assertThat(waiting())
                .isEqualTo("{\"reason\":\"CreateContainerConfigError\","
                        + "\"message\":\"configmap \\\"settings\\\" not found\"}");
        assertThat(pod().at("/status/phase").asString()).isEqualTo("Pending");
        assertThat(events()).contains("Error: configmap \"settings\" not found");

        create(Kinds.CONFIG_MAP, "settings", "{\"colour\":\"blue\"}");
        cluster.seconds(3);
        assertThat(cluster.counters("hello")).last().isEqualTo("1/1 1|1,1,1,0,0");
    }

    @Test
    void aKeyThatIsMissingHoldsItUpAsWell() {
        create(Kinds.SECRET, "keys", "{\"a\":\"YQ==\"}");
        cluster.deploy(
                "hello",
                1,
                "hello:1.0.0",
                spec -> with(
                        spec,
                        "env",
                        "[{\"name\":\"B\",\"valueFrom\":{\"secretKeyRef\":{\"name\":\"keys\",\"key\":\"b\"}}}]"));
        cluster.seconds(3);
        assertThat(waiting()).contains("couldn't find key b in Secret default/keys");
        cluster.change(
                Kinds.SECRET, "keys", it -> Json.with(it, Json.parse("{\"a\":\"YQ==\",\"b\":\"Yg==\"}"), "data"));
        cluster.seconds(3);
        assertThat(cluster.counters("hello")).last().isEqualTo("1/1 1|1,1,1,0,0");
    }

    @Test
    void aVolumeThatCannotBeMountedKeepsAllContainersFromBeingCreated() {
        cluster.deploy(
                "hello",
                1,
                "hello:1.0.0",
                spec -> Json.with(
                        spec,
                        Json.parse("[{\"name\":\"tls\",\"secret\":{\"secretName\":\"tls-certs\"}}]"),
                        "template",
                        "spec",
                        "volumes"));
        cluster.seconds(3);
        assertThat(waiting()).isEqualTo("{\"reason\":\"ContainerCreating\"}");
        assertThat(events()).contains("MountVolume.SetUp failed for volume \"tls\" : secret \"tls-certs\" not found");
        create(Kinds.SECRET, "tls-certs", "{}");
        cluster.seconds(3);
        assertThat(cluster.counters("hello")).last().isEqualTo("1/1 1|1,1,1,0,0");
    }

    @Test
    void whatIsOptionalIsNotWaitedForAndWhatRunsGoesOnWithoutIt() {
        cluster.deploy(
                "optional",
                1,
                "hello:1.0.0",
                spec -> with(spec, "envFrom", "[" + FROM_CONFIG_MAP.replace("}}", ",\"optional\":true}}") + "]"));
        create(Kinds.CONFIG_MAP, "settings", "{}");
        cluster.deploy("hello", 1, "hello:1.0.0", spec -> with(spec, "envFrom", "[" + FROM_CONFIG_MAP + "]"));
        cluster.seconds(3);
        cluster.cluster()
                .onLoop(() -> cluster.store().delete(Kinds.CONFIG_MAP.key("default", "settings"), Deletion.BACKGROUND));
        cluster.seconds(30);
        assertThat(cluster.counters("optional")).last().isEqualTo("1/1 1|1,1,1,0,0");
        assertThat(cluster.counters("hello")).last().isEqualTo("1/1 1|1,1,1,0,0");
    }

    private static ObjectNode with(ObjectNode spec, String field, String value) {
        ObjectNode container = Json.with((ObjectNode) spec.at("/template/spec/containers/0"), Json.parse(value), field);
        return Json.with(spec, Json.array(java.util.List.of(container)), "template", "spec", "containers");
    }

    private void create(Kind kind, String name, String data) {
        cluster.put(kind, name, Json.object());
        cluster.change(kind, name, it -> Json.with(it, Json.parse(data), "data"));
    }

    private ObjectNode pod() {
        return cluster.list(Kinds.POD).get(0);
    }

    private String waiting() {
        return pod().at("/status/containerStatuses/0/state/waiting").toString();
    }

    private String events() {
        return cluster.list(Kinds.EVENT).stream()
                .map(event -> Json.text(event, "message"))
                .toList()
                .toString();
    }
}
