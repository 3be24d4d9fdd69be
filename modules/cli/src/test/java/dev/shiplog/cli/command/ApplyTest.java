package dev.shiplog.cli.command;

import static dev.shiplog.cli.Views.healthy;
import static dev.shiplog.cli.Views.hello;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import dev.shiplog.protocol.sealing.SealingKeys;
import dev.shiplog.protocol.v1.CommandProto.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From files to the command that is sent. */
class ApplyTest {

    private static final String DEPLOYMENT =
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: hello}, spec: {replicas: 3, cpu: 0.2}}";

    @TempDir
    Path folder;

    private final FakeApi api = new FakeApi();
    private final Terminal terminal = new Terminal(api);

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aPlainManifestGoesToTheWholeFleet() throws Exception {
        var answer = terminal.run("apply", "-f", file("d.yaml", DEPLOYMENT), "--reason", "why not");

        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).isEqualTo("app/hello released\n");
        assertThat(sent().path("apply").toString()).isEqualTo("""
                        {"spec":{"objects":[{"json":"{\\"apiVersion\\":\\"apps/v1\\",\\"kind\\":\\"Deployment\\",\
                        \\"metadata\\":{\\"name\\":\\"hello\\"},\\"spec\\":{\\"replicas\\":3,\\"cpu\\":0.2}}"}]},\
                        "cause":"why not"}""");
    }

    @Test
    void aReleaseFileSaysMoreAndTheCommandLineNarrowsIt() throws Exception {
        var file = file("r.yaml", """
                apiVersion: shiplog.dev/v1
                kind: Release
                metadata: {name: hello, namespace: shop}
                spec:
                  cause: first
                  objects: [%s]
                  clusters: {matchLabels: {visibility: public}}
                  strategy: {rolling: {maxSurge: 1}}
                  overrides: [{clusters: {}, replicas: 1, patches: [{kind: Deployment, spec: {paused: false}}]}]
                """.formatted(DEPLOYMENT));

        terminal.run("apply", "-f", file, "--clusters", "gke-seoul", "-l", "provider!=eks", "--force-conflicts");

        assertThat(sent().path("application").asString("")).isEqualTo("shop/hello");
        assertThat(sent().path("apply").path("cause").asString("")).isEqualTo("first");
        var spec = sent().path("apply").path("spec");
        assertThat(spec.path("clusters").toString()).isEqualTo("""
                        {"matchLabels":{"visibility":"public"},"names":["gke-seoul"],\
                        "matchExpressions":[{"key":"provider","operator":"NotIn","values":["eks"]}]}""");
        assertThat(spec.path("strategy").toString()).isEqualTo("{\"rolling\":{\"maxSurge\":\"1\"}}");
        assertThat(spec.path("forceConflicts").asBoolean(false)).isTrue();
    }

    @Test
    void aSecretIsSealedBeforeItLeaves() throws Exception {
        var keys = SealingKeys.generate();
        api.shows("/v1/sealing-key", keys.view());

        var answer = terminal.run(
                "apply",
                "-f",
                file("d.yaml", DEPLOYMENT),
                "-f",
                file("s.yaml", "{apiVersion: v1, kind: Secret, metadata: {name: token}, stringData: {token: s3cr3t}}"));

        assertThat(answer.err()).isEmpty();
        assertThat(sent().toString()).doesNotContain("s3cr3t", "stringData", "czNjcjN0");
        var secret = sent().path("apply").path("spec").path("objects").path(1);
        assertThat(secret.path("sealed").path("token").asString("")).isNotEmpty();
        assertThat(secret.path("json").asString("")).contains("shiplog.dev/fingerprint");
    }

    @Test
    void aDryRunPrintsTheCommandAndSendsNothing() throws Exception {
        var answer = terminal.run(
                "apply",
                "--dry-run=client",
                "-f",
                file("d.yaml", DEPLOYMENT),
                "-f",
                file("s.yaml", "{apiVersion: v1, kind: Secret, metadata: {name: token}, stringData: {token: s3cr3t}}"));

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out())
                .contains("\"application\" : \"default/hello\"", "\"token\" : \"(sealed when it is sent)\"")
                .doesNotContain("s3cr3t");
        JsonFormat.parser().merge(answer.out(), Command.newBuilder());
        assertThat(api.commands()).isEmpty();
    }

    @Test
    void nothingIsSentWhenAnythingIsWrong() throws Exception {
        var answer = terminal.run("apply", "-f", file("d.yaml", DEPLOYMENT), "-f", file("bad.yaml", "kind: [\n"));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("bad.yaml:2:1: malformed YAML: ");
        assertThat(api.commands()).isEmpty();
    }

    @Test
    void twoNamespacesAreOneTooMany() throws Exception {
        var file = file("d.yaml", DEPLOYMENT.replace("name: hello", "name: hello, namespace: shop"));

        assertThat(terminal.run("apply", "-f", file, "-n", "prod").err())
                .isEqualTo("error: " + file
                        + ": the namespace from the file is \"shop\", that of -n is \"prod\"; leave one of them out\n");
    }

    @Test
    void aRefusalOfOneReleaseDoesNotKeepBackTheOthers() throws Exception {
        api.refusesCommands(422, "invalid-release", "spec.objects[0]: no");
        var two = file("two.yaml", release("hello") + "---\n" + release("auth"));

        var answer = terminal.run("apply", "-f", two);

        assertThat(api.commands()).hasSize(2);
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .isEqualTo("error: app/hello: spec.objects[0]: no\nerror: app/auth: spec.objects[0]: no\n");
    }

    @Test
    void theSameApplicationTwiceIsRefused() throws Exception {
        var two = file("two.yaml", release("hello") + "---\n" + release("hello"));

        assertThat(terminal.run("apply", "-f", two).err())
                .isEqualTo("error: " + two + ": the application default/hello is also released by " + two
                        + "; apply one of them\n");
    }

    @Test
    void itWaitsUntilTheReleaseIsHealthy() throws Exception {
        api.streams("hello", hello(1, healthy("gke-seoul", 1)));

        var answer = terminal.run("apply", "-f", file("d.yaml", DEPLOYMENT), "--wait", "--timeout", "30s");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err()).isEqualTo("gke-seoul: deployment \"hello\" successfully rolled out\n");
    }

    @Test
    void theStandardInputIsRead() {
        assertThat(terminal.typing(DEPLOYMENT).run("apply", "-f", "-").out()).isEqualTo("app/hello released\n");
    }

    private tools.jackson.databind.JsonNode sent() {
        return api.commands().getFirst();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String release(String name) {
        return "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: " + name + "}, spec: {objects: ["
                + DEPLOYMENT.replace("hello", name) + "]}}\n";
    }
}
