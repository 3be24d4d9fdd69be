package dev.shiplog.acceptance.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.acceptance.running.ShiplogJvm;
import dev.shiplog.acceptance.running.Typed;
import dev.shiplog.embedded.Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Exactly the commands that the READMEs of the examples show, carried out by a shell against {@code shiplog up}. */
class ExamplesTest {

    private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String IMAGE = "kelseyhightower/hello:";

    @TempDir
    private static Path folder;

    private static ShiplogJvm shiplog;
    private static String api;
    private static String traffic;

    @BeforeAll
    static void start() throws IOException {
        var data = folder.resolve("data");
        shiplog = ShiplogJvm.start(
                folder.resolve("up.log"),
                Map.of(),
                List.of(
                        "up",
                        "--data",
                        data.toString(),
                        "--port",
                        "0",
                        "--clusters",
                        CHECKOUT.resolve("clusters").toString()));
        var endpoints = data.resolve("endpoints.json");
        shiplog.awaitUp(() -> Files.exists(endpoints));
        var found = JSON.readValue(Files.readString(endpoints), Endpoints.class);
        api = found.api();
        traffic = found.clusters().getFirst().traffic();
        // The launcher builds and finds a JDK; here both are known.
        var launcher =
                Files.writeString(Files.createDirectories(folder.resolve("bin")).resolve("shiplog"), """
                #!/bin/sh
                exec "%s/bin/java" -XX:TieredStopAtLevel=1 -cp '%s' dev.shiplog.cli.Main "$@"
                """.formatted(
                                System.getProperty("java.home"), System.getProperty("java.class.path")));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterAll
    static void stop() {
        shiplog.close();
    }

    @AfterEach
    void leaveNothing() {
        for (var app : List.of("frontend", "hello", "auth")) {
            new Typed(api).run("delete app " + app + " --wait --timeout 60s");
        }
    }

    @Test
    void theWalkthrough() throws Exception {
        var said = run("walkthrough");

        assertThat(said)
                .containsSubsequence(
                        "paused at step 2 of 2 (pause: until promoted); shiplog rollout promote hello",
                        "rollout promote hello",
                        "is ready; shiplog rollout promote hello",
                        "switch hello --to green",
                        "switch hello --to blue",
                        "     40 {\"version\":\"1.0.0\"}");
        assertThat(clusters("hello").values()).allMatch(running -> running.startsWith(IMAGE + "1.0.0 "));
    }

    @Test
    void theSameApplicationOnSeveralProviders() throws Exception {
        var said = run("multi-cloud");

        assertThat(said).contains("registry.example/kelseyhightower/hello:1.0.0");
        assertThat(clusters("hello"))
                .isEqualTo(Map.of(
                        "gke-seoul", IMAGE + "1.0.0 x4",
                        "eks-virginia", IMAGE + "1.0.0 x2",
                        "onprem-busan", "registry.example/" + IMAGE + "1.0.0 x1"));
    }

    @Test
    void theFrontEndInPublicAndInternalDataInPrivate() throws Exception {
        run("public-private");

        assertThat(clusters("auth").keySet()).containsExactly("onprem-busan");
        assertThat(clusters("hello").keySet()).containsExactly("onprem-busan");
        assertThat(clusters("frontend").keySet()).containsExactlyInAnyOrder("gke-seoul", "eks-virginia");
    }

    @Test
    void aPipelineThatReleases() throws Exception {
        var said = run("ci-cd");

        assertThat(said).contains("exit code 1", "ImagePull", "hello:broken is");
        assertThat(clusters("hello").values()).containsOnly(IMAGE + "2.0.0 x3");
        assertThat(new Typed(api).must("rollout history hello -o json"))
                .contains("\"actor\" : \"pipeline\"", "https://ci.example/runs/4711");
    }

    /** All that the commands of the example's README say. */
    private static String run(String example) throws IOException, InterruptedException {
        var readme = Files.readString(
                CHECKOUT.resolve("ops/examples").resolve(example).resolve("README.md"));
        var script =
                COMMANDS.matcher(readme).results().map(block -> block.group(1)).collect(Collectors.joining());
        assertThat(script).startsWith("cd ops/examples/" + example + "\n");
        var log = folder.resolve(example + ".log");
        var builder = new ProcessBuilder("sh", "-euxc", script)
                .directory(CHECKOUT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("SHIPLOG_SERVER", api);
        builder.environment().put("TRAFFIC", traffic);
        builder.environment().merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        var shell = builder.start();
        var ended = shell.waitFor(5, TimeUnit.MINUTES);
        shell.destroyForcibly();
        assertThat(ended && shell.exitValue() == 0)
                .as(Files.readString(log) + shiplog.lastLines())
                .isTrue();
        return Files.readString(log);
    }

    /** Image and number of available pods of each cluster. */
    private static Map<String, String> clusters(String app) {
        var shown = JSON.readTree(new Typed(api).must("get app " + app + " -o json"));
        return shown.path("clusters")
                .valueStream()
                .collect(Collectors.toMap(cluster -> cluster.path("name").asString(), ExamplesTest::running));
    }

    private static String running(JsonNode cluster) {
        return cluster.path("images").path(0).asString("") + " x"
                + cluster.at("/replicas/available").asInt(0);
    }
}
