package dev.shiplog.acceptance.serve;

import dev.shiplog.acceptance.running.ShiplogJvm;
import dev.shiplog.acceptance.running.Typed;
import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.testing.TestKafka;
import dev.shiplog.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A broker, a database and a cluster that the test runs, and a configuration that names them. */
final class Services implements AutoCloseable {

    private static final Pattern UP = Pattern.compile("Shiplog is up: (http://\\S+)");

    final TestKafka kafka;
    final TestPostgres postgres;
    final LocalCluster cluster;
    private final Path folder;

    Services(Path folder) throws IOException {
        this.folder = folder;
        kafka = TestKafka.start(folder.resolve("kafka"));
        postgres = TestPostgres.start(folder.resolve("postgres"));
        cluster = LocalCluster.named("gke-seoul").start();
        declare("gke-seoul", cluster.url());
    }

    /** Declares a cluster; {@code spec} is further lines of its spec. */
    void declare(String name, String url, String... spec) throws IOException {
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
                """.formatted(name) + String.join("", spec));
    }

    /** One that is up, and what is typed against it. */
    record Serving(ShiplogJvm jvm, String api, Typed typed) implements AutoCloseable {
        @Override
        public void close() {
            jvm.close();
        }
    }

    Serving serve() throws IOException {
        return serve(Map.of(), """
                shiplog {
                  api.port = 0
                  kafka.bootstrap-servers = "%s"
                  postgres.url = "%s"
                }
                """.formatted(kafka.bootstrapServers(), postgres.jdbcUrl()));
    }

    Serving serve(Map<String, String> environment, String configuration) throws IOException {
        var config = Files.writeString(folder.resolve("shiplog.conf"), configuration);
        var log = Files.createTempFile(folder, "serve", ".log");
        var jvm = ShiplogJvm.start(log, environment, List.of("serve", "--config", config.toString()));
        jvm.awaitUp(() -> UP.matcher(jvm.said()).find());
        var address = UP.matcher(jvm.said());
        if (!address.find()) {
            throw new AssertionError("it does not say where it is");
        }
        return new Serving(jvm, address.group(1), new Typed(address.group(1)));
    }

    /** Available pods of a Deployment that have the image. */
    int available(String deployment, String image) {
        return cluster.onLoop(() -> cluster.store().list(Kinds.DEPLOYMENT, "default")).stream()
                .filter(object -> object.at("/metadata/name").asString().equals(deployment))
                .filter(object -> object.at("/spec/template/spec/containers/0/image")
                        .asString("")
                        .equals(image))
                .mapToInt(object -> object.at("/status/availableReplicas").asInt(0))
                .sum();
    }

    @Override
    public void close() {
        cluster.close();
        postgres.close();
        kafka.close();
    }
}
