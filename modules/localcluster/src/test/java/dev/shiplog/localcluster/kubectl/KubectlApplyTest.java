package dev.shiplog.localcluster.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes an object that is there already. kubectl finds out from the server's schema how lists are merged. */
class KubectlApplyTest {
    private static final String BEFORE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: hello}
            spec:
              replicas: 1
              selector: {matchLabels: {app: hello}}
              template:
                metadata: {labels: {app: hello}}
                spec:
                  containers:
                  - {name: hello, image: "hello:1", env: [{name: A, value: "1"}, {name: B, value: "2"}]}
                  - {name: other, image: "other:1"}
                  volumes: [{name: v, emptyDir: {}}]
            """;
    private static final String AFTER = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: hello}
            spec:
              replicas: 1
              strategy: {type: Recreate}
              selector: {matchLabels: {app: hello}}
              template:
                metadata: {labels: {app: hello}}
                spec:
                  containers:
                  - {name: hello, image: "hello:2", env: [{name: B, value: "3"}]}
                  volumes: [{name: v, configMap: {name: c, optional: true}}]
            """;
    private static final String SIDECAR =
            "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"side\",\"image\":\"side:1\"}]}}}}";

    private final Kubectl kubectl;

    KubectlApplyTest(@TempDir Path folder) {
        this.kubectl = new Kubectl(folder);
    }

    @AfterEach
    void close() {
        kubectl.close();
    }

    @Test
    void mergesListsByTheirKeysAndTakesAwayWhatItHadApplied() {
        kubectl.run("apply", "-f", kubectl.file("before.yaml", BEFORE));
        kubectl.run("patch", "deploy", "hello", "-p", SIDECAR);
        assertThat(kubectl.run("apply", "-f", kubectl.file("after.yaml", AFTER)))
                .contains("configured");
        assertThat(hello("{.spec.strategy.type}")).isEqualTo("Recreate");
        assertThat(hello("{.spec.strategy.rollingUpdate}")).isEmpty();
        assertThat(hello("{.spec.template.spec.containers[*].name}")).isEqualTo("hello side");
        assertThat(hello("{.spec.template.spec.containers[0].env[*].name}")).isEqualTo("B");
        assertThat(hello("{.spec.template.spec.volumes[0].emptyDir}")).isEmpty();
    }

    @Test
    void refusesFieldsThatAreNotThere() {
        String mistyped = kubectl.file("mistyped.yaml", BEFORE.replace("replicas: 1", "replica: 1"));
        assertThat(kubectl.fail("apply", "-f", mistyped)).contains("replica");
        assertThat(kubectl.fail("create", "-f", mistyped)).contains("replica");
        kubectl.run("apply", "--validate=false", "-f", mistyped);
        assertThat(kubectl.fail("apply", "--server-side", "--force-conflicts", "-f", mistyped))
                .contains("replica");
    }

    @Test
    void showsWhatWouldBeAndLeavesItAtThat() {
        String before = kubectl.file("before.yaml", BEFORE);
        assertThat(kubectl.run("apply", "--dry-run=server", "-f", before)).contains("created (server dry run)");
        assertThat(kubectl.fail("get", "deploy", "hello")).contains("NotFound");
        kubectl.run("apply", "-f", before);
        assertThat(kubectl.run("apply", "-f", before)).contains("unchanged");
        String after = kubectl.file("after.yaml", AFTER);
        assertThat(kubectl.fail("diff", "-f", after)).contains("-        image: hello:1", "+        image: hello:2");
        assertThat(kubectl.run("diff", "-f", before)).isEmpty();
        kubectl.run("delete", "deploy", "hello", "--dry-run=server");
        kubectl.run("scale", "deploy", "hello", "--replicas=3", "--dry-run=server");
        kubectl.run("set", "image", "deploy/hello", "hello=hello:9", "--dry-run=server");
        assertThat(hello("{.spec.replicas}{.spec.template.spec.containers[0].image}"))
                .isEqualTo("1hello:1");
    }

    @Test
    void namesTheOwnersOfWhatItMayNotChange() {
        kubectl.run("apply", "-f", kubectl.file("before.yaml", BEFORE));
        String after = kubectl.file("after.yaml", BEFORE.replace("hello:1", "hello:2"));
        assertThat(kubectl.fail("apply", "--server-side", "-f", after))
                .contains("kubectl-client-side-apply", "containers[name=\"hello\"].image", "--force-conflicts");
        assertThat(kubectl.run("apply", "--server-side", "--force-conflicts", "-f", after))
                .contains("serverside-applied");
    }

    @Test
    void editsReplacesPatchesAndMarks() {
        String before = kubectl.file("before.yaml", BEFORE);
        kubectl.run("apply", "-f", before);
        assertThat(kubectl.run("edit", "deploy", "hello")).contains("no changes made");
        assertThat(kubectl.edit("sed -i s/other:1/other:7/", "deploy", "hello")).contains("edited");
        assertThat(hello("{.spec.template.spec.containers[1].image}")).isEqualTo("other:7");
        assertThat(kubectl.run("replace", "-f", before)).contains("replaced");
        assertThat(kubectl.run("replace", "--force", "-f", before)).contains("replaced");
        kubectl.run("patch", "deploy", "hello", "--type=merge", "-p", "{\"metadata\":{\"annotations\":{\"a\":\"1\"}}}");
        String path = "\"path\":\"/metadata/annotations/a\"";
        kubectl.run(
                "patch", "deploy", "hello", "--type=json", "-p", "[{\"op\":\"replace\"," + path + ",\"value\":\"2\"}]");
        kubectl.fail(
                "patch", "deploy", "hello", "--type=json", "-p", "[{\"op\":\"test\"," + path + ",\"value\":\"1\"}]");
        kubectl.run("annotate", "deploy", "hello", "b=3");
        assertThat(hello("{.metadata.annotations.a}{.metadata.annotations.b}")).isEqualTo("23");
        kubectl.run("label", "deploy", "hello", "tier=web");
        assertThat(kubectl.fail("label", "deploy", "hello", "tier=db")).contains("--overwrite");
        kubectl.run("label", "deploy", "hello", "tier-");
        kubectl.run("set", "env", "deploy/hello", "-c", "hello", "C=4");
        assertThat(kubectl.run("set", "env", "deploy/hello", "-c", "hello", "--list"))
                .contains("A=1", "C=4");
        kubectl.run("set", "resources", "deploy", "hello", "--limits=cpu=100m");
        kubectl.run("set", "serviceaccount", "deploy", "hello", "default");
    }

    private String hello(String path) {
        return kubectl.run("get", "deploy", "hello", "-o", "jsonpath=" + path);
    }
}
