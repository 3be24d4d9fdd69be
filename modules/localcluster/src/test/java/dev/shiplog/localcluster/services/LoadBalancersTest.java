package dev.shiplog.localcluster.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.TestCluster;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadBalancersTest {
    @Test
    void noTwoServicesOfNeighbouringClustersHaveOneAddress() {
        List<String> addresses = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            try (TestCluster cluster = new TestCluster(LocalCluster.named("eu-" + i))) {
                for (String name : List.of("a", "b", "c")) {
                    cluster.service(name, "{\"app\":\"a\"}");
                    cluster.change(Kinds.SERVICE, name, it -> Json.with(it, Json.text("LoadBalancer"), "spec", "type"));
                }
                cluster.seconds(1);
                for (String name : List.of("a", "b", "c")) {
                    addresses.add(cluster.get(Kinds.SERVICE, name)
                            .at("/status/loadBalancer/ingress/0/ip")
                            .asString());
                }
            }
        }
        assertThat(addresses).doesNotHaveDuplicates().allMatch(ip -> ip.startsWith("198.1"));
    }
}
