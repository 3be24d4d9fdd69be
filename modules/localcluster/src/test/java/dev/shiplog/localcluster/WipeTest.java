package dev.shiplog.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A cluster whose memory was lost sets itself up as on its first day. */
class WipeTest {
    private final TestCluster cluster = new TestCluster();

    @BeforeEach
    void inUse() {
        ObjectNode mine = (ObjectNode)
                Json.parse("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"mine\"}}");
        cluster.cluster().onLoop(() -> cluster.store().create(Kinds.NAMESPACE, mine, "test"));
        cluster.deploy("hello", 3, "hello:1.0.0");
        cluster.seconds(5);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void whatAClusterNeedsIsThereAgainAndWhatPeopleMadeIsNot() {
        cluster.cluster().faults().wipe();
        cluster.seconds(1);

        assertThat(names(Kinds.NAMESPACE)).containsExactly("default", "kube-node-lease", "kube-public", "kube-system");
        assertThat(names(Kinds.SERVICE_ACCOUNT)).hasSize(4).containsOnly("default");
        assertThat(cluster.list(Kinds.NODE)).hasSize(3).allMatch(Pods::isReady);
        assertThat(names(Kinds.CLUSTER_ROLE)).containsExactly("admin", "cluster-admin", "edit", "view");
        assertThat(names(Kinds.CLUSTER_ROLE_BINDING)).containsExactly("cluster-admin");
        for (Kind kind : List.of(Kinds.DEPLOYMENT, Kinds.REPLICA_SET, Kinds.POD, Kinds.EVENT)) {
            assertThat(names(kind)).as(kind.plural()).isEmpty();
        }
    }

    @Test
    void itWorksAsBefore() {
        cluster.cluster().faults().wipe();
        cluster.seconds(1);
        cluster.deploy("hello", 2, "hello:2.0.0");
        cluster.seconds(5);

        assertThat(TestCluster.counters(cluster.get(Kinds.DEPLOYMENT, "hello"))).isEqualTo("1/1 2|2,2,2,0,0");
    }

    @Test
    void aNodeThatIsGoneComesOnlyOnceItIsBack() {
        cluster.cluster().faults().nodesGone("node-2");
        cluster.cluster().faults().wipe();
        cluster.seconds(1);
        assertThat(names(Kinds.NODE)).containsExactly("node-1", "node-3");

        cluster.cluster().faults().nodesBack("node-2");
        cluster.seconds(1);
        assertThat(names(Kinds.NODE)).containsExactly("node-1", "node-2", "node-3");
    }

    @Test
    void aNodeThatSomebodyDeletesStaysAway() {
        cluster.cluster()
                .onLoop(() -> Objects.requireNonNull(
                        cluster.store().delete(Kinds.NODE.key("", "node-2"), Deletion.BACKGROUND)));
        cluster.seconds(60);

        assertThat(names(Kinds.NODE)).containsExactly("node-1", "node-3");
    }

    private List<String> names(Kind kind) {
        return cluster.list(kind).stream()
                .map(object -> Json.text(object, "metadata", "name"))
                .toList();
    }
}
