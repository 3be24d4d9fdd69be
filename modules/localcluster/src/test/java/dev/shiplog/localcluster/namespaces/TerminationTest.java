package dev.shiplog.localcluster.namespaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.HttpClientOf;
import dev.shiplog.localcluster.TestCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TerminationTest {
    private static final String NAMESPACES = "/api/v1/namespaces";
    private static final String CONFIG_MAPS = NAMESPACES + "/demo/configmaps";

    private final TestCluster cluster = new TestCluster();
    private final HttpClientOf client = new HttpClientOf(cluster.cluster());

    @AfterEach
    void close() {
        client.close();
        cluster.close();
    }

    @Test
    void aNamespaceThatIsMadeAgainAtOnceKeepsWhatIsPutIntoIt() {
        create(NAMESPACES, "demo");
        create(CONFIG_MAPS, "old");
        assertThat(client.send("DELETE", NAMESPACES + "/demo", "", "").status()).isEqualTo(200);
        for (int i = 0; i < 300 && client.get(NAMESPACES + "/demo").status() != 404; i++) {
            cluster.seconds(0.1);
        }
        create(NAMESPACES, "demo");
        create(CONFIG_MAPS, "new");

        cluster.seconds(20);

        assertThat(client.get(CONFIG_MAPS + "/new").status()).isEqualTo(200);
        assertThat(client.get(CONFIG_MAPS + "/old").status()).isEqualTo(404);
    }

    private void create(String path, String name) {
        assertThat(client.send("POST", path, "application/json", "{\"metadata\":{\"name\":\"" + name + "\"}}")
                        .status())
                .isEqualTo(201);
    }
}
