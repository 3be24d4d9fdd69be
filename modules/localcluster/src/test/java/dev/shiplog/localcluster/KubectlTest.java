package dev.shiplog.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real kubectl, unmodified, if there is one. */
class KubectlTest {
    private static final String HELLO = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: hello
            spec:
              replicas: 2
              selector: {matchLabels: {app: hello}}
              template:
                metadata: {labels: {app: hello}}
                spec:
                  containers:
                  - name: hello
                    image: kelseyhightower/hello:1.0.0
                    resources: {limits: {cpu: 0.2, memory: 10Mi}}
            """;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder = Path.of(".");

    private final LocalCluster cluster =
            LocalCluster.named("kubectl").timeToReady(Duration.ofMillis(50)).start();

    @BeforeEach
    void findKubectl() throws IOException {
        assumeTrue(isThere(), "kubectl is not on the path: what it shows of a local cluster is not tested");
        Files.writeString(folder.resolve("config"), cluster.kubeconfig());
        Files.writeString(folder.resolve("hello.yaml"), HELLO);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void carriesOutTheWalkthrough() throws IOException {
        String file = folder.resolve("hello.yaml").toString();
        assertThat(kubectl("create", "-f", file)).contains("deployment.apps/hello created");
        assertThat(kubectl("rollout", "status", "deploy/hello")).contains("successfully rolled out");
        assertThat(kubectl("get", "deployments,replicasets,pods", "-o", "wide")).contains("2/2", "Running");
        assertThat(kubectl("describe", "deploy", "hello")).contains("NewReplicaSetAvailable", "ScalingReplicaSet");
        kubectl("scale", "deploy/hello", "--replicas=3");
        kubectl("set", "image", "deploy/hello", "hello=kelseyhightower/hello:2.0.0");
        assertThat(kubectl("rollout", "status", "deploy/hello")).contains("successfully rolled out");
        assertThat(kubectl("rollout", "history", "deploy/hello")).contains("1 ", "2 ");
        assertThat(kubectl("rollout", "undo", "deploy/hello")).contains("rolled back");
        kubectl("rollout", "pause", "deploy/hello");
        kubectl("rollout", "resume", "deploy/hello");
        kubectl("wait", "--for=condition=Available", "deploy/hello");
        kubectl("label", "deploy", "hello", "tier=web");
        kubectl("patch", "deploy", "hello", "-p", "{\"metadata\":{\"annotations\":{\"a\":\"1\"}}}");
        assertThat(kubectl("get", "deploy", "hello", "-o", "yaml")).contains("tier: web", "cpu: 200m");
        assertThat(kubectl("apply", "--server-side", "--force-conflicts", "-f", file))
                .contains("serverside-applied");
        assertThat(kubectl("delete", "deploy", "hello")).contains("deleted");
    }

    @Test
    void createsWithoutFilesAndExplains() throws IOException {
        assertThat(kubectl("create", "deployment", "d", "--image=hello:1", "--replicas=2", "--port=80"))
                .contains("created");
        assertThat(kubectl("rollout", "status", "deploy/d")).contains("successfully rolled out");
        kubectl("expose", "deployment", "d", "--port=80", "--target-port=80");
        kubectl("create", "configmap", "m", "--from-literal=a=b");
        kubectl("create", "secret", "generic", "s", "--from-literal=a=b");
        kubectl("create", "namespace", "other");
        kubectl("create", "service", "clusterip", "c", "--tcp=80:http");
        assertThat(kubectl("get", "secret", "s", "-o", "jsonpath={.data.a}")).isEqualTo("Yg==");
        assertThat(kubectl("get", "service", "c", "-o", "jsonpath={.spec.ports[0].targetPort}"))
                .isEqualTo("http");
        assertThat(kubectl("auth", "can-i", "create", "pods")).contains("yes");
        assertThat(kubectl("explain", "deployment", "--recursive")).contains("maxSurge", "imagePullPolicy");
        assertThat(kubectl("explain", "deployment.metadata.name")).contains("FIELD: name <string>");
    }

    private String kubectl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("kubectl", "--kubeconfig", folder.resolve("config").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(exit(process))
                .as("%s: %s", String.join(" ", arguments), output)
                .isZero();
        return output;
    }

    private static boolean isThere() {
        try {
            return exit(new ProcessBuilder("kubectl", "version", "--client")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start())
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int exit(Process process) {
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
