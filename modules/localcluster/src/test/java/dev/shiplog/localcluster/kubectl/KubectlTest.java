package dev.shiplog.localcluster.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walkthrough, and what is made without files. */
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

    private final Kubectl kubectl;

    KubectlTest(@TempDir Path folder) {
        this.kubectl = new Kubectl(folder);
    }

    @AfterEach
    void close() {
        kubectl.close();
    }

    @Test
    void carriesOutTheWalkthrough() {
        String file = kubectl.file("hello.yaml", HELLO);
        assertThat(kubectl.run("create", "-f", file)).contains("deployment.apps/hello created");
        assertThat(kubectl.run("rollout", "status", "deploy/hello")).contains("successfully rolled out");
        assertThat(kubectl.run("get", "deployments,replicasets,pods", "-o", "wide"))
                .contains("2/2", "Running");
        assertThat(kubectl.run("describe", "deploy", "hello")).contains("NewReplicaSetAvailable", "ScalingReplicaSet");
        kubectl.run("scale", "deploy/hello", "--replicas=3");
        kubectl.run("set", "image", "deploy/hello", "hello=kelseyhightower/hello:2.0.0");
        assertThat(kubectl.run("rollout", "status", "deploy/hello")).contains("successfully rolled out");
        assertThat(kubectl.run("rollout", "history", "deploy/hello")).contains("1 ", "2 ");
        assertThat(kubectl.run("rollout", "undo", "deploy/hello")).contains("rolled back");
        kubectl.run("rollout", "pause", "deploy/hello");
        assertThat(kubectl.fail("rollout", "restart", "deploy/hello")).contains("paused");
        kubectl.run("rollout", "resume", "deploy/hello");
        assertThat(kubectl.run("rollout", "undo", "deploy/hello", "--to-revision=2"))
                .contains("rolled back");
        assertThat(kubectl.fail("rollout", "undo", "deploy/hello", "--to-revision=99"))
                .contains("unable to find specified revision 99");
        assertThat(kubectl.run("rollout", "restart", "deploy/hello")).contains("restarted");
        assertThat(kubectl.run("rollout", "history", "deploy/hello", "--revision=5"))
                .contains("hello:2.0.0");
        kubectl.run("wait", "--for=condition=Available", "deploy/hello");
        kubectl.run("label", "deploy", "hello", "tier=web");
        kubectl.run("patch", "deploy", "hello", "-p", "{\"metadata\":{\"annotations\":{\"a\":\"1\"}}}");
        assertThat(kubectl.run("get", "deploy", "hello", "-o", "yaml")).contains("tier: web", "cpu: 200m");
        assertThat(kubectl.run("apply", "--server-side", "--force-conflicts", "-f", file))
                .contains("serverside-applied");
        assertThat(kubectl.run("delete", "deploy", "hello")).contains("deleted");
    }

    @Test
    void createsWithoutFilesAndExplains() {
        assertThat(kubectl.run("create", "deployment", "d", "--image=hello:1", "--replicas=2", "--port=80"))
                .contains("created");
        assertThat(kubectl.run("rollout", "status", "deploy/d")).contains("successfully rolled out");
        kubectl.run("expose", "deployment", "d", "--port=80", "--target-port=80");
        kubectl.run("create", "configmap", "m", "--from-literal=a=b");
        kubectl.run("create", "secret", "generic", "s", "--from-literal=a=b");
        kubectl.run("create", "namespace", "other");
        kubectl.run("create", "service", "clusterip", "c", "--tcp=80:http");
        kubectl.run("create", "service", "nodeport", "n", "--tcp=80:80");
        kubectl.run("create", "service", "loadbalancer", "l", "--tcp=80:80");
        kubectl.run("create", "service", "externalname", "e", "--external-name=example.com");
        kubectl.run("create", "secret", "docker-registry", "r", "--docker-username=u", "--docker-password=p");
        kubectl.run("create", "serviceaccount", "a");
        kubectl.run("create", "clusterrole", "c", "--verb=get", "--resource=nodes");
        kubectl.run("create", "clusterrolebinding", "b", "--clusterrole=c", "--user=u");
        kubectl.run("run", "p", "--image=hello:1", "--port=80", "--expose", "--env=A=b", "--labels=x=y");
        kubectl.run("wait", "--for=condition=Ready", "pod/p");
        assertThat(kubectl.run("get", "services")).contains("example.com", "LoadBalancer", "NodePort");
        assertThat(kubectl.run("get", "secret", "s", "-o", "jsonpath={.data.a}"))
                .isEqualTo("Yg==");
        assertThat(kubectl.run("get", "service", "c", "-o", "jsonpath={.spec.ports[0].targetPort}"))
                .isEqualTo("http");
        assertThat(kubectl.run("auth", "can-i", "create", "pods")).contains("yes");
        assertThat(kubectl.run("explain", "deployment", "--recursive")).contains("maxSurge", "imagePullPolicy");
        assertThat(kubectl.run("explain", "deployment.metadata.name").replaceAll("\\s+", " "))
                .contains("FIELD: name <string>");
    }
}
