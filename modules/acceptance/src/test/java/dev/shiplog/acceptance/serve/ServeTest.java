package dev.shiplog.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.acceptance.running.Eventually;
import dev.shiplog.acceptance.running.ShiplogJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shiplog against services of others, as its configuration file and the environment name them. */
class ServeTest {

    private static final String EXAMPLE = "../../ops/examples/walkthrough/auth.yaml";
    private static final String NOWHERE = "http://127.0.0.1:1";

    @TempDir
    Path folder;

    @Test
    void releasesToAClusterByItsKubeconfigWhileAnotherIsOutOfReach() throws Exception {
        try (var services = new Services(folder)) {
            services.declare("nowhere", NOWHERE);
            var environment = Map.of(
                    "SHIPLOG_API_PORT", "0", "SHIPLOG_KAFKA_BOOTSTRAP_SERVERS", services.kafka.bootstrapServers());

            try (var serving = services.serve(environment, """
                    shiplog {
                      api.port = 1
                      kafka {
                        bootstrap-servers = "127.0.0.1:1"
                        properties { client.dns.lookup = use_all_dns_ips }
                      }
                      postgres.url = "%s"
                    }
                    """.formatted(services.postgres.jdbcUrl()))) {
                var typed = serving.typed();
                typed.must("apply -f " + EXAMPLE + " --wait --clusters gke-seoul --timeout 120s");
                Eventually.holds(
                        "auth runs there", () -> services.available("auth", "kelseyhightower/auth:1.0.0") == 1);

                assertThat(typed.run("apply -f " + EXAMPLE + " --wait --timeout 3s"))
                        .satisfies(said -> assertThat(said.exitCode()).isEqualTo(124))
                        .satisfies(said -> assertThat(said.err())
                                .contains("nowhere: Unreachable: cluster nowhere cannot be reached"));
                assertThat(typed.must("get clusters"))
                        .containsPattern("gke-seoul +\\S Reachable")
                        .containsPattern("nowhere +\\S Unreachable");
                assertThat(folder.resolve("shiplog-keys.json")).exists();

                assertThat(serving.jvm().stop()).isTrue();
                assertThat(serving.jvm().said()).doesNotContain("WARN", "ERROR", "Exception");
            }
        }
    }

    @Test
    void whatIsMissingIsSaidWithWhereAndWhatToDo() throws Exception {
        assertThat(told("postgres: {url: \"jdbc:postgresql://127.0.0.1:1/shiplog?user=u&password=hidden\"}"))
                .contains(
                        "error: PostgreSQL at jdbc:postgresql://127.0.0.1:1/shiplog: Can't connect to the database: ",
                        "SHIPLOG_POSTGRES_URL")
                .doesNotContain("hidden");
        assertThat(told("postgres: {uri: x}")).contains("there is no setting shiplog.postgres.uri.", "postgres.url");
        assertThat(told("api: {host: 127.0.0.1}")).contains("lacks shiplog.postgres.url.", "SHIPLOG_POSTGRES_URL");
        assertThat(folder.resolve("shiplog-keys.json")).doesNotExist();
    }

    private String told(String setting) throws IOException, InterruptedException {
        var clusters = Files.createDirectories(folder.resolve("clusters/local"));
        Files.writeString(clusters.resolve("cluster.yaml"), """
                apiVersion: shiplog.dev/v1
                kind: Cluster
                metadata: {name: local}
                spec: {connection: {local: {}}}
                """);
        var config = Files.writeString(folder.resolve("shiplog.yaml"), """
                shiplog:
                  kafka: {bootstrap-servers: "127.0.0.1:1"}
                  keys: shiplog-keys.json
                  %s
                """.formatted(setting));
        var log = Files.createTempFile(folder, "told", ".log");
        try (var shiplog = ShiplogJvm.start(
                log, Map.of("SHIPLOG_API_PORT", "0"), List.of("serve", "--config", config.toString()))) {
            assertThat(shiplog.awaitEnd()).isEqualTo(1);
            return shiplog.said();
        }
    }
}
