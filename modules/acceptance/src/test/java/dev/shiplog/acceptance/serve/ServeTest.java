package dev.shiplog.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.acceptance.running.Eventually;
import dev.shiplog.acceptance.running.ShiplogJvm;
import dev.shiplog.acceptance.running.Typed;
import dev.shiplog.embedded.EmbeddedKafka;
import dev.shiplog.embedded.EmbeddedPostgres;
import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.store.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker, a database and a cluster that the test runs; Shiplog is told of them by a configuration file. */
class ServeTest {

    private static final Path EXAMPLE = Path.of("../../ops/examples/walkthrough/auth.yaml");
    private static final Pattern UP = Pattern.compile("Shiplog is up: (http://\\S+)");
    private static final String NOWHERE = "http://127.0.0.1:1";

    @TempDir
    static Path folder;

    private final EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    private final EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
    private final LocalCluster cluster = LocalCluster.named("gke-seoul").start();

    @AfterEach
    void stop() {
        cluster.close();
        postgres.close();
        kafka.close();
    }

    @Test
    void releasesToAClusterByItsKubeconfigWhileAnotherIsOutOfReach() throws Exception {
        cluster("gke-seoul", cluster.url());
        cluster("nowhere", NOWHERE);
        var config = Files.writeString(folder.resolve("shiplog.conf"), """
                shiplog {
                  api.port = 1
                  kafka {
                    bootstrap-servers = "127.0.0.1:1"
                    properties { client.dns.lookup = use_all_dns_ips }
                  }
                  postgres.url = "%s"
                }
                """.formatted(postgres.jdbcUrl()));
        var log = folder.resolve("serve.log");
        var environment = Map.of("SHIPLOG_API_PORT", "0", "SHIPLOG_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());

        try (var shiplog = ShiplogJvm.start(log, environment, List.of("serve", "--config", config.toString()))) {
            shiplog.awaitUp(() -> UP.matcher(shiplog.said()).find());
            var address = UP.matcher(shiplog.said());
            assertThat(address.find()).isTrue();
            var typed = new Typed(address.group(1));

            typed.must("apply -f " + EXAMPLE + " --wait --clusters gke-seoul --timeout 120s");
            Eventually.holds("auth runs there", () -> available("auth") == 1);

            assertThat(typed.run("apply -f " + EXAMPLE + " --wait --timeout 3s"))
                    .satisfies(said -> assertThat(said.exitCode()).isEqualTo(124))
                    .satisfies(said ->
                            assertThat(said.err()).contains("nowhere: Unreachable: cluster nowhere cannot be reached"));
            assertThat(typed.must("get clusters")).containsPattern("gke-seoul +\\S Reachable");
            assertThat(typed.must("get clusters")).containsPattern("nowhere +\\S Unreachable");
            assertThat(folder.resolve("shiplog-keys.json")).exists();

            assertThat(shiplog.stop()).isTrue();
            assertThat(shiplog.said()).doesNotContain("WARN", "ERROR", "Exception");
        }
    }

    @Test
    void whatIsMissingIsSaidWithWhereAndWhatToDo() throws Exception {
        cluster("gke-seoul", cluster.url());
        assertThat(told("postgres: {url: \"jdbc:postgresql://127.0.0.1:1/shiplog?user=u&password=hidden\"}"))
                .contains(
                        "error: PostgreSQL at jdbc:postgresql://127.0.0.1:1/shiplog: Can't connect to the database: ",
                        "SHIPLOG_POSTGRES_URL")
                .doesNotContain("hidden");
        assertThat(told("postgres: {uri: x}")).contains("there is no setting shiplog.postgres.uri.", "postgres.url");
        assertThat(told("{}")).contains("lacks shiplog.postgres.url.", "SHIPLOG_POSTGRES_URL");
        assertThat(folder.resolve("yaml/shiplog-keys.json")).doesNotExist();
    }

    private String told(String setting) throws Exception {
        Files.createDirectories(folder.resolve("yaml"));
        var config = Files.writeString(
                folder.resolve("yaml/shiplog.yaml"), setting.equals("{}") ? """
                shiplog:
                  kafka: {bootstrap-servers: "127.0.0.1:1"}
                """ : """
                shiplog:
                  clusters: ../clusters
                  api: {port: 0}
                  kafka: {bootstrap-servers: "127.0.0.1:1"}
                  %s
                """.formatted(setting));
        var log = Files.createTempFile(folder, "told", ".log");
        try (var shiplog = ShiplogJvm.start(log, Map.of(), List.of("serve", "--config", config.toString()))) {
            assertThat(shiplog.awaitEnd()).isEqualTo(1);
            return shiplog.said();
        }
    }

    private int available(String deployment) {
        return cluster.onLoop(() -> cluster.store().list(Kinds.DEPLOYMENT, "default")).stream()
                .filter(object -> object.at("/metadata/name").asString().equals(deployment))
                .mapToInt(object -> object.at("/status/availableReplicas").asInt(0))
                .sum();
    }

    private void cluster(String name, String url) throws IOException {
        var home = Files.createDirectories(folder.resolve("clusters").resolve(name));
        Files.writeString(home.resolve("kubeconfig"), cluster.kubeconfig().replace(cluster.url(), url));
        Files.writeString(home.resolve("cluster.yaml"), """
                apiVersion: shiplog.dev/v1
                kind: Cluster
                metadata:
                  name: %s
                spec:
                  connection:
                    kubeconfig: {path: kubeconfig}
                """.formatted(name));
    }
}
