package dev.shiplog.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.server.fleet.ClusterDefinition.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetFolderTest {

    private static final String WHOLE = """
            apiVersion: shiplog.dev/v1
            kind: Cluster
            metadata: {name: eu, labels: {region: eu-west, tier: 1}}
            spec: {connection: {kubeconfig: {path: eu.kubeconfig, context: admin}}, qps: 20, burst: 40}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before each test
    Path folder;

    @Test
    void a_whole_file_is_read_with_its_kubeconfig_beside_it() throws IOException {
        write("eu", WHOLE);

        assertThat(FleetFolder.read(folder))
                .containsExactly(new ClusterDefinition(
                        "eu",
                        Map.of("region", "eu-west", "tier", "1"),
                        new Connection.Kubeconfig(folder.resolve("eu/eu.kubeconfig"), Optional.of("admin")),
                        20,
                        40));
    }

    @Test
    void what_is_left_out_has_defaults() throws IOException {
        write("eu", WHOLE.replace(", qps: 20, burst: 40", "").replaceAll(", labels: .*}}", "}"));

        var cluster = FleetFolder.read(folder).getFirst();

        assertThat(cluster.labels()).isEmpty();
        assertThat(cluster.qps()).isEqualTo(50);
        assertThat(cluster.burst()).isEqualTo(100);
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
                "path: eu.kubeconfig, | | spec.connection.kubeconfig.path must be a text.",
            })
    void what_is_wrong_is_said_with_file_and_field(String good, @Nullable String bad, String sentence)
            throws IOException {
        var file = write("eu", WHOLE.replace(good, bad == null ? "" : bad));

        assertThatThrownBy(() -> FleetFolder.read(folder)).hasMessage(file + ": " + sentence + "\nMend the file.");
    }

    @Test
    void two_clusters_of_one_name_are_refused() throws IOException {
        write("eu", WHOLE);
        var second = write("eu-2", WHOLE);

        assertThatThrownBy(() -> FleetFolder.read(folder))
                .hasMessageStartingWith(second + ": there is another cluster named \"eu\".");
    }

    @Test
    void a_folder_without_clusters_is_refused_with_what_to_do() {
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
