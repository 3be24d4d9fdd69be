package dev.shiplog.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.server.fleet.ClusterDefinition.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class FleetFolderTest {

    private static final String WHOLE = """
            apiVersion: shiplog.dev/v1
            kind: Cluster
            metadata: {name: eu, labels: {region: eu-west, tier: 1}}
            spec: {connection: {kubeconfig: {path: eu.kubeconfig, context: admin}}, namespaces: [shop, web], qps: 20, burst: 40}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before each test
    Path folder;

    @Test
    void aWholeFileIsReadWithItsKubeconfigBesideIt() throws IOException {
        write("eu", WHOLE);

        assertThat(FleetFolder.read(folder))
                .containsExactly(new ClusterDefinition(
                        "eu",
                        Map.of("region", "eu-west", "tier", "1"),
                        new Connection.Kubeconfig(folder.resolve("eu/eu.kubeconfig"), Optional.of("admin")),
                        List.of("shop", "web"),
                        20,
                        40));
    }

    @Test
    void whatIsLeftOutHasDefaults() throws IOException {
        write(
                "eu",
                WHOLE.replace(", namespaces: [shop, web], qps: 20, burst: 40", "")
                        .replaceAll(", labels: .*}}", "}"));

        var cluster = FleetFolder.read(folder).getFirst();

        assertThat(cluster.labels()).isEmpty();
        assertThat(cluster.namespaces()).isEmpty();
        assertThat(cluster.qps()).isEqualTo(50);
        assertThat(cluster.burst()).isEqualTo(100);
    }

    @Test
    void aLocalClusterMayHaveTheGatewayApi() throws IOException {
        var kubeconfig = "kubeconfig: {path: eu.kubeconfig, context: admin}";
        write("eu", WHOLE.replace(kubeconfig, "local: {}"));
        assertThat(FleetFolder.read(folder).getFirst().connection()).isEqualTo(new Connection.Local(false));
        write("eu", WHOLE.replace(kubeconfig, "local: {gatewayAPI: true}"));
        assertThat(FleetFolder.read(folder).getFirst().connection()).isEqualTo(new Connection.Local(true));
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kind: Cluster | kind: Clutser | kind must be Cluster.",
                "name: eu | nmae: eu | metadata.nmae is no field of a cluster; there are [labels, name].",
                "qps: 20 | qps: many | spec.qps must be a number above 0.",
                "{connection: {kubeconfig: {path: eu.kubeconfig, context: admin}} | {connection: {} | spec.connection names "
                        + "exactly one of local, kubeconfig, inCluster.",
                "kubeconfig: {path: eu.kubeconfig, context: admin} | local: {gateway: true} | spec.connection.local.gateway is no "
                        + "field of a cluster; there are [gatewayAPI].",
                "kubeconfig: {path: eu.kubeconfig, context: admin} | local: {gatewayAPI: 1} | spec.connection.local.gatewayAPI "
                        + "must be true or false.",
                "[shop, web] | [] | spec.namespaces must be a list of names; leave it out for all namespaces.",
                "[shop, web] | [Shop] | spec.namespaces names \"Shop\", which is no name of a namespace.",
                "path: eu.kubeconfig, | | spec.connection.kubeconfig.path must be a text.",
            })
    void whatIsWrongIsSaidWithFileAndField(String good, @Nullable String bad, String sentence) throws IOException {
        var file = write("eu", WHOLE.replace(good, bad == null ? "" : bad));

        assertThatThrownBy(() -> FleetFolder.read(folder)).hasMessage(file + ": " + sentence + "\nMend the file.");
    }

    /** Editors and {@code explain cluster} know the same fields as the reader. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "apiVersion: | ~: 1, apiVersion:| ",
                "{name: eu, | {~: 1, name: eu, | properties/metadata",
                "{connection: | {~: 1, connection: | properties/spec",
                "{kubeconfig: | {~: 1, kubeconfig: | properties/spec/properties/connection",
                "{path: | {~: 1, path: | properties/spec/properties/connection/properties/kubeconfig",
            })
    void theSchemaHasTheFieldsThatAreRead(String good, String bad, @Nullable String pointer) throws IOException {
        write("eu", "{" + WHOLE.strip().replace("\n", ", ").replace(good, bad) + "}");
        var schema = JsonMapper.shared()
                .readTree(FleetFolder.class.getResourceAsStream("/dev/shiplog/cli/cluster.schema.json"));

        var properties = schema.at((pointer == null ? "" : "/" + pointer) + "/properties").propertyNames().stream()
                .sorted()
                .toList();

        assertThatThrownBy(() -> FleetFolder.read(folder))
                .hasMessageContaining("~ is no field of a cluster; there are " + properties + ".");
    }

    @Test
    void twoClustersOfOneNameAreRefused() throws IOException {
        write("eu", WHOLE);
        var second = write("eu-2", WHOLE);

        assertThatThrownBy(() -> FleetFolder.read(folder))
                .hasMessageStartingWith(second + ": there is another cluster named \"eu\".");
    }

    @Test
    void aFolderWithoutClustersIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> FleetFolder.read(folder))
                .hasMessageContaining("No clusters in " + folder)
                .hasMessageContaining("Put a folder per cluster there");
    }

    private Path write(String cluster, String yaml) throws IOException {
        var file = Files.createDirectories(folder.resolve(cluster)).resolve("cluster.yaml");
        Files.writeString(file, yaml);
        return file;
    }
}
