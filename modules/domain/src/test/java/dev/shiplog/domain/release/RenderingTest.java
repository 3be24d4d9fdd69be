package dev.shiplog.domain.release;

import static dev.shiplog.domain.Samples.BUSAN;
import static dev.shiplog.domain.Samples.HELLO;
import static dev.shiplog.domain.Samples.SEOUL;
import static dev.shiplog.domain.Samples.configMap;
import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.hello;
import static dev.shiplog.domain.Samples.imageOn;
import static dev.shiplog.domain.Samples.list;
import static dev.shiplog.domain.Samples.obj;
import static dev.shiplog.domain.Samples.patchOn;
import static dev.shiplog.domain.Samples.provider;
import static dev.shiplog.domain.Samples.replicasOn;
import static dev.shiplog.domain.Samples.service;
import static dev.shiplog.domain.Samples.spec;
import static dev.shiplog.domain.Samples.withStrategy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a release looks like on one cluster. */
class RenderingTest {

    @Test
    void marksEveryObjectAsOurs() {
        var service = render(spec(service("hello"), deployment("hello", "hello:1.0.0", 3)), SEOUL)
                .getFirst();
        var metadata = service.json().object("metadata");
        assertThat(metadata.text("namespace")).contains("default");
        assertThat(metadata.object("labels"))
                .isEqualTo(obj("app.kubernetes.io/name", "hello", "app.kubernetes.io/managed-by", "shiplog"));
        assertThat(metadata.object("annotations"))
                .isEqualTo(obj(
                        "shiplog.dev/application",
                        "default/hello",
                        "shiplog.dev/revision",
                        "4",
                        "shiplog.dev/generation",
                        "7"));
    }

    @Test
    void leavesPodLabelsAndSelectorsAlone() {
        var workload = workload(hello("hello:1.0.0"), SEOUL);
        assertThat(workload.object("spec").object("selector")).isEqualTo(obj("matchLabels", obj("app", "hello")));
        assertThat(workload.object("spec").object("template").object("metadata"))
                .isEqualTo(obj("labels", obj("app", "hello")));
    }

    @Test
    void overridesReplicasAndImagesWhereTheyAreMeant() {
        var spec = hello("hello:1.0.0")
                .withOverrides(
                        List.of(replicasOn(provider("onprem"), 1), imageOn(provider("onprem"), "hello", "hello:arm")));
        assertThat(workload(spec, SEOUL).object("spec").number("replicas")).contains(3);
        assertThat(workload(spec, BUSAN).object("spec").number("replicas")).contains(1);
        assertThat(Rendering.images(render(spec, BUSAN))).containsExactly("hello:arm");
    }

    @Test
    void laterOverridesWin() {
        var spec = hello("hello:1.0.0")
                .withOverrides(List.of(
                        replicasOn(ClusterSelection.ALL, 1), replicasOn(ClusterSelection.named("gke-seoul"), 2)));
        assertThat(workload(spec, SEOUL).object("spec").number("replicas")).contains(2);
    }

    @Test
    void replicasGoToTheWorkloadNamedAsTheApplicationElseToTheFirst() {
        var spec = spec(deployment("sidekick", "s:1", 1), deployment("hello", "h:1", 1))
                .withOverrides(List.of(replicasOn(ClusterSelection.ALL, 9)));
        var replicas = new TreeMap<String, Integer>();
        render(spec, SEOUL)
                .forEach(object -> replicas.put(
                        object.name(),
                        object.json().object("spec").number("replicas").orElse(0)));
        assertThat(replicas).isEqualTo(Map.of("sidekick", 1, "hello", 9));
    }

    @Test
    void aStrategyChangesWhatItNamesAndLeavesTheRestToTheManifest() {
        var manifest = deployment("hello", "hello:1.0.0", 3);
        var written = manifest.withJson(manifest.json()
                .withObject(
                        "spec",
                        spec -> spec.with(
                                "strategy",
                                obj(
                                        "type",
                                        "RollingUpdate",
                                        "rollingUpdate",
                                        obj("maxSurge", 2, "maxUnavailable", 0)))));
        var strategy = new Strategy.Rolling(Optional.empty(), Optional.of(Amount.percent(10)), Optional.of(30));
        var spec = workload(withStrategy(spec(written), strategy), SEOUL).object("spec");
        assertThat(spec.object("strategy"))
                .isEqualTo(obj("type", "RollingUpdate", "rollingUpdate", obj("maxSurge", 2, "maxUnavailable", "10%")));
        assertThat(spec.number("progressDeadlineSeconds")).contains(30);
        assertThat(workload(spec(written), SEOUL).object("spec").object("strategy"))
                .isEqualTo(written.json().object("spec").object("strategy"));
    }

    /** What the API server fills in belongs to nobody, and would stand in the way of a change to recreate. */
    @Test
    void limitsThatNobodyWroteAreWrittenAsTheyWouldBeFilledIn() {
        assertThat(workload(hello("hello:1.0.0"), SEOUL).object("spec").object("strategy"))
                .isEqualTo(
                        obj("type", "RollingUpdate", "rollingUpdate", obj("maxSurge", "25%", "maxUnavailable", "25%")));
    }

    @Test
    void recreateLeavesNothingOfARollingUpdate() {
        var spec = withStrategy(hello("hello:1.0.0"), new Strategy.Recreate(Optional.empty()));
        assertThat(workload(spec, SEOUL).object("spec").object("strategy")).isEqualTo(obj("type", "Recreate"));
    }

    @Test
    void anOverridesStrategyIsForItsClusters() {
        var spec = hello("hello:1.0.0")
                .withOverrides(List.of(new ClusterOverride(
                        provider("onprem"),
                        Optional.empty(),
                        Map.of(),
                        Optional.of(new Strategy.Recreate(Optional.empty())),
                        List.of())));
        assertThat(Rendering.strategyOn(spec, SEOUL)).isEqualTo(Strategy.AS_WRITTEN);
        assertThat(Rendering.strategyOn(spec, BUSAN)).isInstanceOf(Strategy.Recreate.class);
    }

    @Test
    void aPatchCanTakeAnObjectAwayFromACluster() {
        var spec = spec(deployment("hello", "hello:1.0.0", 3), service("hello"))
                .withOverrides(List.of(patchOn(
                        provider("onprem"),
                        obj("$patch", "delete", "kind", "Service", "metadata", obj("name", "hello")))));
        assertThat(render(spec, SEOUL)).hasSize(2);
        assertThat(render(spec, BUSAN)).extracting(KubernetesObject::kind).containsExactly("Deployment");
    }

    @Test
    void configurationComesFirstAndWorkloadsLast() {
        var spec = spec(deployment("hello", "hello:1.0.0", 3), service("hello"), configMap("conf", "a", "b"));
        assertThat(render(spec, SEOUL))
                .extracting(KubernetesObject::kind)
                .containsExactly("ConfigMap", "Service", "Deployment");
    }

    @Test
    void configurationIsNamedByItsContent() {
        var quiet = configName(configMap("conf", "a", "1", "b", "2"));
        assertThat(quiet).matches("conf-[0-9a-f]{10}");
        assertThat(configName(configMap("conf", "a", "1", "b", "2"))).isEqualTo(quiet);
        assertThat(configName(configMap("conf", "b", "2", "a", "1")))
                .as("order says nothing")
                .isEqualTo(quiet);
        assertThat(configName(configMap("conf", "a", "1", "b", "3"))).isNotEqualTo(quiet);
        var labelled = configMap("conf", "a", "1", "b", "2").withLabels(Map.of("team", "x"));
        assertThat(configName(labelled)).isEqualTo(quiet);
    }

    /** Found by the simulation: pruned by one application, missed by the other. */
    @Test
    void twoApplicationsWithTheSameConfigurationHaveOneEach() {
        var auth = new dev.shiplog.domain.ApplicationName("default", "auth");
        var release = new Release(
                1, spec(configMap("conf", "a", "1")), List.of("gke-seoul"), "because", new Release.Origin.Applied());
        var other = Rendering.render(auth, release, SEOUL, Optional.empty(), false, 7);
        assertThat(other.getFirst().name()).isNotEqualTo(configName(configMap("conf", "a", "1")));
    }

    @Test
    void aConfigMapsNameCanNotBePinnedByAnAnnotation() {
        var pinned = configMap("conf", "a", "1").withAnnotations(Map.of("shiplog.dev/fingerprint", "x"));
        var changed = configMap("conf", "a", "2").withAnnotations(Map.of("shiplog.dev/fingerprint", "x"));
        assertThat(configName(changed)).isNotEqualTo(configName(pinned));
    }

    @Test
    void aSecretIsNamedByItsFingerprintSoThatSealingItAnewChangesNothing() {
        assertThat(configName(secret("f1", "sealed-once"))).isEqualTo(configName(secret("f1", "sealed-twice")));
        assertThat(configName(secret("f2", "sealed-once"))).isNotEqualTo(configName(secret("f1", "sealed-once")));
    }

    @Test
    void everyReferenceToConfigurationIsRenamed() {
        var pod = obj(
                "volumes",
                list(
                        obj("name", "a", "configMap", obj("name", "conf")),
                        obj("name", "b", "secret", obj("secretName", "tls")),
                        obj(
                                "name",
                                "c",
                                "projected",
                                obj(
                                        "sources",
                                        list(
                                                obj("configMap", obj("name", "conf")),
                                                obj("secret", obj("name", "tls"))))),
                        obj("name", "d", "csi", obj("nodePublishSecretRef", obj("name", "tls"))),
                        obj("name", "e", "azureFile", obj("secretName", "tls")),
                        obj("name", "f", "configMap", obj("name", "somebody-elses"))),
                "imagePullSecrets",
                list(obj("name", "tls")),
                "containers",
                list(obj(
                        "name",
                        "hello",
                        "env",
                        list(
                                obj("name", "X", "valueFrom", obj("configMapKeyRef", obj("name", "conf", "key", "k"))),
                                obj("name", "Y", "valueFrom", obj("secretKeyRef", obj("name", "tls", "key", "k")))),
                        "envFrom",
                        list(obj("configMapRef", obj("name", "conf")), obj("secretRef", obj("name", "tls"))))),
                "initContainers",
                list(obj("name", "init", "envFrom", list(obj("configMapRef", obj("name", "conf"))))));
        for (var kind : List.of("Deployment", "StatefulSet", "DaemonSet", "Job")) {
            var rendered =
                    renamed(kind.equals("Job") ? "batch/v1" : "apps/v1", kind, obj("template", obj("spec", pod)));
            assertThat(count(rendered, "\"conf-")).as("ConfigMaps of a " + kind).isEqualTo(5);
            assertThat(count(rendered, "\"tls-")).as("Secrets of a " + kind).isEqualTo(7);
            assertThat(rendered).contains("somebody-elses");
        }
        var cron = renamed("batch/v1", "CronJob", obj("jobTemplate", obj("spec", obj("template", obj("spec", pod)))));
        assertThat(count(cron, "\"conf-")).isEqualTo(5);
        var ingress = renamed("networking.k8s.io/v1", "Ingress", obj("tls", list(obj("secretName", "tls"))));
        assertThat(count(ingress, "\"tls-")).isEqualTo(1);
    }

    @Test
    void imagesAreListedOnceInTheOrderOfTheirContainers() {
        var spec = spec(deployment("b", "b:1"), deployment("a", "a:1"), deployment("c", "b:1"));
        assertThat(Rendering.images(render(spec, SEOUL))).containsExactly("b:1", "a:1");
    }

    private static String renamed(String apiVersion, String kind, Json.Obj spec) {
        var object = new KubernetesObject(
                obj("apiVersion", apiVersion, "kind", kind, "metadata", obj("name", "hello"), "spec", spec));
        return render(spec(object, configMap("conf", "a", "b"), secret("f", "s")), SEOUL).stream()
                .filter(rendered -> rendered.kind().equals(kind))
                .map(rendered -> JsonText.of(rendered.json()))
                .findFirst()
                .orElseThrow();
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    private static KubernetesObject secret(String fingerprint, String sealed) {
        SequencedMap<String, String> values = new TreeMap<>(Map.of("key", sealed));
        return new KubernetesObject(
                obj(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Secret",
                        "metadata",
                        obj("name", "tls", "annotations", obj("shiplog.dev/fingerprint", fingerprint))),
                values);
    }

    private static String configName(KubernetesObject config) {
        return render(spec(config), SEOUL).getFirst().name();
    }

    private static Json.Obj workload(ReleaseSpec spec, Cluster cluster) {
        return render(spec, cluster).getLast().json();
    }

    private static List<KubernetesObject> render(ReleaseSpec spec, Cluster cluster) {
        var release = new Release(4, spec, List.of(cluster.name()), "because", new Release.Origin.Applied());
        return Rendering.render(HELLO, release, cluster, Optional.empty(), false, 7);
    }
}
