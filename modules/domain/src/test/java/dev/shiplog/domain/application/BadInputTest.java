package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.configMap;
import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.hello;
import static dev.shiplog.domain.Samples.imageOn;
import static dev.shiplog.domain.Samples.obj;
import static dev.shiplog.domain.Samples.onClusters;
import static dev.shiplog.domain.Samples.patchOn;
import static dev.shiplog.domain.Samples.provider;
import static dev.shiplog.domain.Samples.replicasOn;
import static dev.shiplog.domain.Samples.service;
import static dev.shiplog.domain.Samples.spec;
import static dev.shiplog.domain.Samples.withStrategy;
import static dev.shiplog.domain.application.ApplicationStories.application;
import static dev.shiplog.domain.application.ApplicationStories.apply;
import static dev.shiplog.domain.application.ApplicationStories.delete;
import static dev.shiplog.domain.application.ApplicationStories.pause;
import static dev.shiplog.domain.application.ApplicationStories.restart;
import static dev.shiplog.domain.application.ApplicationStories.resume;
import static dev.shiplog.domain.application.ApplicationStories.running;
import static dev.shiplog.domain.application.ApplicationStories.scale;
import static dev.shiplog.domain.application.ApplicationStories.setImage;
import static dev.shiplog.domain.application.ApplicationStories.undo;

import dev.shiplog.domain.application.ApplicationCommand.Scale;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.release.Amount;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A clear message that says what, where and what to do. */
class BadInputTest {

    @Test
    void aPreviewServiceIsNotTheOneByWhichUsersCome() {
        var strategy = new Strategy.BlueGreen(
                Optional.empty(),
                Optional.of("hello"),
                new Strategy.AutoPromotion.Manual(),
                Optional.empty(),
                Strategy.CapacityCheck.ENFORCE,
                Optional.empty(),
                Optional.empty());
        application()
                .when(apply(withStrategy(ApplicationStories.served("hello:1.0.0"), strategy)))
                .refused(
                        "invalid-release",
                        "spec.strategy.blueGreen.previewService: Service \"hello\" is the only one that selects the pods of"
                                + " Deployment \"hello\", so users come by it; name another one, or add a second Service to"
                                + " spec.objects");
    }

    static List<ApplicationCommand> onWhatIsNotThere() {
        return List.of(scale(3), setImage("hello", "x"), pause(), resume(), undo(), restart(), delete());
    }

    @ParameterizedTest
    @MethodSource("onWhatIsNotThere")
    void anUnknownApplication(ApplicationCommand command) {
        application()
                .when(command)
                .refused(
                        "unknown-application",
                        "application \"default/hello\" not found; shiplog get apps lists those there are");
    }

    @Test
    void anUnknownCluster() {
        var sentence = "no cluster \"gke-soul\"; there are \"eks-virginia\", \"gke-seoul\", \"onprem-busan\"";
        running().when(new Scale(ClusterSelection.named("gke-soul"), 5)).refused("unknown-cluster", sentence);
        application()
                .when(apply(onClusters(hello("hello:1.0.0"), ClusterSelection.named("gke-seoul", "gke-soul"))))
                .refused("unknown-cluster", sentence);
        application()
                .when(apply(
                        hello("hello:1.0.0").withOverrides(List.of(replicasOn(ClusterSelection.named("gke-soul"), 1)))))
                .refused("unknown-cluster", sentence);
    }

    @Test
    void aSelectorThatMatchesNothing() {
        var sentence = "the selection matches none of the clusters \"eks-virginia\", \"gke-seoul\", \"onprem-busan\"; "
                + "shiplog get clusters -o wide shows their labels";
        running().when(new Scale(provider("aks"), 5)).refused("no-cluster-selected", sentence);
        application()
                .when(apply(onClusters(hello("hello:1.0.0"), provider("aks"))))
                .refused("no-cluster-selected", sentence);
    }

    @Test
    void aReleaseWithoutObjects() {
        refused(spec(), "spec.objects: a release needs at least one Kubernetes object");
    }

    @Test
    void objectsWithoutKindOrName() {
        refused(spec(new KubernetesObject(obj("kind", "Service"))), "spec.objects[0]: apiVersion and kind are needed");
        refused(
                spec(new KubernetesObject(obj("apiVersion", "v1", "kind", "Service"))),
                "spec.objects[0].metadata.name: the Service needs a name");
    }

    @Test
    void theSameObjectTwiceAlsoWhereOnlyOneNamesTheNamespace() {
        var named = service("hello");
        var placed = named.withJson(named.json()
                .withObject(
                        "metadata",
                        metadata -> metadata.with("namespace", dev.shiplog.domain.json.Json.text("default"))));
        refused(spec(named, placed), "spec.objects[1]: Service hello is there twice");
    }

    @Test
    void anObjectInAnotherNamespace() {
        var elsewhere = new KubernetesObject(obj(
                "apiVersion", "v1", "kind", "Service", "metadata", obj("name", "hello", "namespace", "kube-system")));
        refused(
                spec(elsewhere),
                "spec.objects[0].metadata.namespace: Service hello is in \"kube-system\", its application in "
                        + "\"default\"; a release stays in one namespace");
    }

    @Test
    void aSecretInTheClear() {
        var sentence = "Secret tls carries its values in the clear; seal them (shiplog apply does, or see README, "
                + "\"Secrets\")";
        refused(
                spec(deployment("hello", "hello:1.0.0"), secret(obj("name", "tls"), "data", obj("key", "aGk="))),
                "spec.objects[1]: " + sentence);
        refused(spec(secret(obj("name", "tls"), "stringData", obj("key", "hi"))), "spec.objects[0]: " + sentence);
        var applied = obj(
                "name",
                "tls",
                "annotations",
                obj("kubectl.kubernetes.io/last-applied-configuration", "{\"data\":{\"key\":\"aGk=\"}}"));
        refused(spec(secret(applied, "type", obj())), "spec.objects[0]: " + sentence);
    }

    @Test
    void aSecretInTheClearInAPatch() {
        var patched = spec(deployment("hello", "hello:1.0.0"), secret(obj("name", "tls"), "type", obj()))
                .withOverrides(List.of(patchOn(
                        ClusterSelection.ALL,
                        obj("kind", "Secret", "metadata", obj("name", "tls"), "stringData", obj("key", "hi")))));
        refused(
                patched,
                "spec.overrides[0].patches[0]: a patch may not carry the values of a Secret; give the cluster a "
                        + "sealed Secret of its own");
    }

    @Test
    void aPatchForNothing() {
        refused(
                hello("hello:1.0.0")
                        .withOverrides(List.of(patchOn(
                                ClusterSelection.ALL, obj("kind", "Deployment", "metadata", obj("name", "helo"))))),
                "spec.overrides[0].patches[0]: no object of the release has its kind and name; name them as in the "
                        + "object to be patched");
    }

    @Test
    void anOverrideForAContainerThatIsNotThere() {
        refused(
                hello("hello:1.0.0").withOverrides(List.of(imageOn(provider("gke"), "helo", "hello:2"))),
                "spec.overrides[0].images: unable to find container \"helo\"; there are \"hello\"");
    }

    @Test
    void negativeReplicas() {
        refused(
                hello("hello:1.0.0").withOverrides(List.of(replicasOn(ClusterSelection.ALL, -1))),
                "spec.overrides[0].replicas: must be 0 or more");
        refused(spec(deployment("hello", "hello:1.0.0", -1)), "spec.objects[0].spec.replicas: must be 0 or more");
    }

    @Test
    void aStrategyThatCanNotMove() {
        refused(
                withStrategy(hello("hello:1.0.0"), rolling(Amount.pods(0), Amount.percent(0))),
                "spec.strategy.rolling: maxSurge and maxUnavailable may not both be 0");
        refused(
                withStrategy(hello("hello:1.0.0"), rolling(Amount.pods(1), Amount.percent(101))),
                "spec.strategy.rolling.maxUnavailable: may not be over 100%");
        refused(
                withStrategy(hello("hello:1.0.0"), new Strategy.Recreate(Optional.of(0))),
                "spec.strategy.recreate.progressDeadlineSeconds: must be more than 0");
    }

    @Test
    void configurationThatTwoObjectsCallByOneNameIsFineIfTheirKindsDiffer() {
        application()
                .when(apply(spec(
                        deployment("hello", "hello:1.0.0"),
                        configMap("conf"),
                        secret(obj("name", "conf"), "type", obj()))))
                .accepted();
    }

    private static void refused(ReleaseSpec spec, String sentence) {
        application().when(apply(spec)).refused("invalid-release", sentence);
    }

    private static Strategy rolling(Amount surge, Amount unavailable) {
        return new Strategy.Rolling(Optional.of(surge), Optional.of(unavailable), Optional.empty());
    }

    private static KubernetesObject secret(dev.shiplog.domain.json.Json.Obj metadata, String member, Object value) {
        return new KubernetesObject(obj("apiVersion", "v1", "kind", "Secret", "metadata", metadata, member, value));
    }
}
