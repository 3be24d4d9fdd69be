package dev.shiplog.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.localcluster.faults.FaultSettings;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final String NAMESPACES = "/api/v1/namespaces";

    private final LocalCluster cluster =
            LocalCluster.named("faulty").tokens("secret").start();
    private final HttpClientOf client = new HttpClientOf(cluster, "secret");

    @AfterEach
    void close() {
        client.close();
        cluster.close();
    }

    @Test
    void strikesAndEnds() {
        cluster.faults().set(FaultSettings.NONE.withTooManyRequests(1, 3));
        assertThat(client.get(NAMESPACES).status()).isEqualTo(429);
        cluster.faults().set(FaultSettings.NONE.withUnavailable(1).onlyOn("/nodes"));
        assertThat(client.get("/api/v1/nodes").status()).isEqualTo(503);
        assertThat(client.get(NAMESPACES).status()).isEqualTo(200);
        cluster.faults().set(FaultSettings.NONE.withDropped(1));
        assertThatThrownBy(() -> client.get(NAMESPACES)).isInstanceOf(UncheckedIOException.class);
        cluster.faults().none();
        assertThat(client.get(NAMESPACES).status()).isEqualTo(200);
    }

    @Test
    void isAdministeredOverHttp() {
        assertThat(client.send("PUT", "/_faults", "application/json", "{\"internalError\":1}")
                        .status())
                .isEqualTo(200);
        assertThat(client.get(NAMESPACES).status()).isEqualTo(500);
        assertThat(client.send("DELETE", "/_faults", "", "").status()).isEqualTo(200);
        assertThat(client.send("POST", "/_faults/revoke-credentials", "", "").status())
                .isEqualTo(200);
        assertThat(client.get(NAMESPACES).status()).isEqualTo(401);
    }
}
