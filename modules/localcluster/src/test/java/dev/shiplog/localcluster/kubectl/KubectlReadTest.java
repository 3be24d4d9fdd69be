package dev.shiplog.localcluster.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kubectl shows, and what it says of that which is not to be had. */
class KubectlReadTest {
    private final Kubectl kubectl;

    KubectlReadTest(@TempDir Path folder) {
        this.kubectl = new Kubectl(folder);
        kubectl.run("create", "deployment", "d", "--image=hello:1");
        kubectl.run("expose", "deployment", "d", "--port=80");
        kubectl.run("rollout", "status", "deploy/d");
    }

    @AfterEach
    void close() {
        kubectl.close();
    }

    @Test
    void getsInEveryForm() {
        assertThat(kubectl.run("get", "all"))
                .contains("deployment.apps/d", "service/d", "replicaset.apps/d-", "pod/d-");
        assertThat(kubectl.run("get", "deploy", "-o", "wide", "--show-labels")).contains("hello:1", "app=d", "LABELS");
        assertThat(kubectl.run("get", "deploy", "-o", "name")).isEqualTo("deployment.apps/d\n");
        assertThat(kubectl.run("get", "deploy", "d", "-o", "json")).contains("\"kind\": \"Deployment\"");
        assertThat(kubectl.run("get", "deploy", "-o", "custom-columns=N:.metadata.name,R:.spec.replicas"))
                .containsPattern("N +R\nd +1");
        assertThat(kubectl.run("get", "deploy", "-o", "go-template={{range .items}}{{.metadata.name}}{{end}}"))
                .isEqualTo("d");
        assertThat(kubectl.run(
                        "get",
                        "pods",
                        "-l",
                        "app=d",
                        "--field-selector=status.phase=Running",
                        "--sort-by=.metadata.name"))
                .contains("1/1");
        assertThat(kubectl.run("get", "pods", "-A", "--chunk-size=1")).contains("NAMESPACE", "d-");
        assertThat(kubectl.run("get", "events")).contains("ScalingReplicaSet", "SuccessfulCreate");
        assertThat(kubectl.run("get", "--raw", "/readyz")).isEqualTo("ok");
        assertThat(kubectl.fail("get", "deploy", "nobody")).contains("deployments.apps \"nobody\" not found");
    }

    @Test
    void describesEveryKind() {
        assertThat(kubectl.run("describe", "deploy", "d")).contains("NewReplicaSet:", "Scaled up replica set d-");
        assertThat(kubectl.run("describe", "rs")).contains("Controlled By:", "Deployment/d");
        assertThat(kubectl.run("describe", "pods")).contains("Successfully assigned default/d-", "Ready ");
        assertThat(kubectl.run("describe", "svc", "d")).containsPattern("Endpoints: +10\\.");
        assertThat(kubectl.run("describe", "ep", "d")).contains("Addresses:");
        assertThat(kubectl.run("describe", "ns", "default")).contains("Active");
        assertThat(kubectl.run("describe", "node", "node-1")).contains("Allocatable:", "Ready ");
        kubectl.run("create", "quota", "q", "--hard=pods=5");
        assertThat(kubectl.run("describe", "quota", "q")).containsPattern("pods +1 +5");
        assertThat(kubectl.run("autoscale", "deploy", "d", "--min=2", "--max=5", "--cpu-percent=70"))
                .contains("autoscaled");
        assertThat(kubectl.run("get", "hpa")).containsPattern("d +Deployment/d +cpu: <unknown>/70% +2 +5");
        assertThat(kubectl.run("describe", "hpa", "d")).contains("Deployment/d", "<unknown>", "70%");
        kubectl.run("create", "role", "r", "--verb=get", "--resource=pods");
        assertThat(kubectl.run("describe", "role", "r")).contains("pods", "[get]");
        kubectl.run("create", "rolebinding", "b", "--role=r", "--serviceaccount=default:default");
        assertThat(kubectl.run("describe", "rolebinding", "b")).contains("ServiceAccount");
        assertThat(kubectl.run("describe", "cm,secret,sa,events")).contains("kube-root-ca.crt");
    }

    @Test
    void tellsWhatThereIs() {
        assertThat(kubectl.run("api-resources")).contains("deployments", "deploy");
        assertThat(kubectl.run("api-versions"))
                .contains("apps/v1", "autoscaling/v1", "autoscaling/v2", "discovery.k8s.io/v1");
        assertThat(kubectl.run("cluster-info")).contains("is running at");
        assertThat(kubectl.run("version")).contains("36");
        assertThat(kubectl.run("explain", "deployment.spec.strategy")).contains("rollingUpdate", "type");
        assertThat(kubectl.run("explain", "pods.spec.containers")).contains("readinessProbe");
        assertThat(kubectl.run("auth", "can-i", "--list")).contains("*.*");
        assertThat(kubectl.fail("auth", "can-i", "create", "pods", "--as=nobody"))
                .contains("no");
    }

    @Test
    void movesPodsFromANodeAndKeepsOthersAway() {
        String node = kubectl.run("get", "pods", "-o", "jsonpath={.items[0].spec.nodeName}");
        assertThat(kubectl.run("cordon", node)).contains("cordoned");
        assertThat(kubectl.run("get", "node", node)).contains("SchedulingDisabled");
        assertThat(kubectl.run("drain", node, "--ignore-daemonsets")).contains("evicting pod default/d-");
        kubectl.run("rollout", "status", "deploy/d");
        assertThat(kubectl.run("get", "pods", "-o", "jsonpath={.items[*].spec.nodeName}"))
                .doesNotContain(node);
        assertThat(kubectl.run("uncordon", node)).contains("uncordoned");
        kubectl.run("taint", "nodes", node, "k=v:NoSchedule");
        kubectl.run("taint", "nodes", node, "k-");
    }

    @Test
    void refusesWithASentenceWhatNeedsAProcess() {
        assertThat(kubectl.fail("logs", "deploy/d"))
                .contains("is simulated: no process runs in it that could answer log");
        assertThat(kubectl.fail("exec", "deploy/d", "--", "ls")).contains("could answer exec");
        assertThat(kubectl.fail("attach", "deploy/d")).contains("could answer attach");
        assertThat(kubectl.fail("port-forward", "deploy/d", ":80")).contains("could answer portforward");
        assertThat(kubectl.fail("top", "pods")).contains("Metrics API not available");
        assertThat(kubectl.fail("top", "nodes")).contains("Metrics API not available");
    }
}
