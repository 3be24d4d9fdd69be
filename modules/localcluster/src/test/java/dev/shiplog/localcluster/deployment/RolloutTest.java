package dev.shiplog.localcluster.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.TestCluster;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What people see of a rollout, as a real cluster shows it but for counters that change in the same moment, which may show
 * as one change or as two. Statuses are written as "generation/observed wanted|replicas,updated,available,unavailable,terminating".
 */
class RolloutTest {
    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aNewDeploymentBecomesAvailablePodByPod() {
        cluster.deploy("hello", 3, "hello:1.0.0");
        cluster.seconds(3);
        assertThat(cluster.statuses("hello"))
                .containsExactly(
                        "1/0 3|0,0,0,0,-",
                        "1/0 3|0,0,0,0,- P=T NewReplicaSetCreated",
                        "1/1 3|0,0,0,3,0 P=T NewReplicaSetCreated A=F MinimumReplicasUnavailable",
                        "1/1 3|3,3,0,3,0 A=F MinimumReplicasUnavailable P=T ReplicaSetUpdated",
                        "1/1 3|3,3,1,2,0 A=F MinimumReplicasUnavailable P=T ReplicaSetUpdated",
                        "1/1 3|3,3,2,1,0 A=F MinimumReplicasUnavailable P=T ReplicaSetUpdated",
                        "1/1 3|3,3,3,0,0 A=T MinimumReplicasAvailable P=T NewReplicaSetAvailable");
    }

    @Test
    void longNamesAreCutSoThatPodsHaveNamesOfHosts() {
        String name = "a".repeat(63);
        cluster.deploy(name, 1, "hello:1.0.0");
        cluster.seconds(3);
        assertThat(cluster.list(Kinds.REPLICA_SET))
                .singleElement()
                .matches(set -> Json.text(set, "metadata", "name").startsWith(name + "-"));
        assertThat(cluster.list(Kinds.POD))
                .singleElement()
                .matches(pod -> Json.text(pod, "metadata", "name").matches("a{58}[a-z0-9]{5}"));
    }

    @Test
    void aRollingUpdateGoesOneByOne() {
        cluster.deploy("hello", 3, "hello:1.0.0");
        cluster.seconds(3);
        cluster.clear();
        cluster.deploy("hello", 3, "hello:2.0.0");
        cluster.seconds(6);
        assertThat(cluster.counters("hello"))
                .containsExactly(
                        "2/1 3|3,3,3,0,0",
                        "2/2 3|3,0,3,1,0",
                        "2/2 3|4,1,3,1,0",
                        "2/2 3|4,1,4,0,0",
                        "2/2 3|4,2,3,1,1",
                        "2/2 3|4,2,3,1,0",
                        "2/2 3|4,2,4,0,0",
                        "2/2 3|4,3,3,1,1",
                        "2/2 3|4,3,3,1,0",
                        "2/2 3|4,3,4,0,0",
                        "2/2 3|3,3,3,0,1",
                        "2/2 3|3,3,3,0,0");
    }
}
