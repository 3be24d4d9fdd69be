package dev.shiplog.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.Progress;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmApplied;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmDeleted;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.engine.cluster.Sighting;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the engine may expect of a gateway, against a local cluster or any other. */
class GatewayContractTest extends GatewayContract {

    @Test
    void whatIsAppliedIsSeenUntilItIsDone() throws Exception {
        assertThat(applied(hello)).isEqualTo(new ConfirmApplied(1, 0));

        var done = awaitDone(1);

        assertThat(done.revision()).isEqualTo(1);
        assertThat(done.workloads()).singleElement().satisfies(workload -> {
            assertThat(workload.name()).isEqualTo("hello");
            assertThat(workload.images()).containsExactly("kelseyhightower/hello:1.0.0");
            assertThat(workload.desired()).isEqualTo(2);
            assertThat(workload.ready()).isEqualTo(2);
        });
        assertThat(done.troubles()).isEmpty();
    }

    @Test
    void theExternalAddressIsToldOnceItIsKnown() throws Exception {
        applied(hello);
        assertThat(sightings
                        .awaitObservation(seen -> seen.externalAddress().isPresent())
                        .externalAddress()
                        .orElseThrow())
                .matches("[a-z0-9.:-]+(:443)?");
    }

    @Test
    void quantitiesAreWrittenCanonicallyAndSecretsOpened() throws Exception {
        applied(hello);
        var container = (Json.Obj) get("/apis/apps/v1", "deployments/hello")
                .object("spec")
                .object("template")
                .object("spec")
                .list("containers")
                .getFirst();
        assertThat(container.object("resources").object("limits").text("memory"))
                .contains("10Mi");
        assertThat(get("/api/v1", "secrets/hello-tls-1a2b3").object("data").text("key"))
                .contains(java.util.Base64.getEncoder()
                        .encodeToString("hello-tls/key=hunter2".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void applyingTheSameAgainWritesNothing() throws Exception {
        applied(hello);
        awaitDone(1);
        var before = version("/apis/apps/v1", "deployments/hello");
        assertThat(applied(hello)).isEqualTo(new ConfirmApplied(1, 0));
        assertThat(version("/apis/apps/v1", "deployments/hello")).isEqualTo(before);
    }

    @Test
    void anOutrunWriterWritesNothingAndSaysSo() throws Exception {
        applied(hello.generation(5));
        var before = version("/api/v1", "configmaps/hello-conf");
        var answer = applied(hello.generation(4).replicas(7));
        assertThat(trouble(answer).kind()).isEqualTo(Kind.OUTRUN);
        assertThat(trouble(answer).detail()).contains("generation 5, newer than 4");
        assertThat(version("/api/v1", "configmaps/hello-conf")).isEqualTo(before);
        assertThat(trouble(deleted(hello.generation(4))).kind()).isEqualTo(Kind.OUTRUN);
    }

    @Test
    void aRollingUpdateIsDoneOnlyWhenTheNewPodsAreThere() throws Exception {
        applied(hello);
        awaitDone(1);
        sightings.forget();
        applied(hello.generation(2).image("kelseyhightower/hello:2.0.0"));
        awaitDone(2);
        // Whoever looks right after the confirmation must not find the old state.
        assertThat(sightings.observations())
                .filteredOn(seen -> seen.generation() == 2)
                .filteredOn(seen -> Progress.of(seen) instanceof Progress.Done)
                .allSatisfy(seen -> assertThat(seen.workloads().getFirst().images())
                        .containsExactly("kelseyhightower/hello:2.0.0"));
        assertThat(sightings.observations())
                .anySatisfy(seen -> assertThat(Progress.of(seen)).isInstanceOf(Progress.Waiting.class));
    }

    @Test
    void anObjectMadeByHandIsAdopted() throws Exception {
        create("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"hello-conf"},"data":{"own":"kept"}}""");
        assertThat(applied(hello)).isEqualTo(new ConfirmApplied(1, 0));
        var data = get("/api/v1", "configmaps/hello-conf").object("data");
        assertThat(data.text("own")).contains("kept");
        assertThat(data.text("greeting")).contains("hello");
    }

    @Test
    void aFieldOfAnotherManagerIsAConflictUnlessForced() throws Exception {
        create("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"hello-conf"},"data":{"greeting":"hi"}}""");
        var trouble = trouble(applied(hello));
        assertThat(trouble.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(trouble.detail())
                .startsWith("configmap \"hello-conf\": .data.greeting belongs to \"by-hand\"")
                .contains("--force-conflicts");
        assertThat(applied(hello.forced())).isEqualTo(new ConfirmApplied(1, 0));
        assertThat(get("/api/v1", "configmaps/hello-conf").object("data").text("greeting"))
                .contains("hello");
    }

    @Test
    void anObjectOfAnotherApplicationIsLeftToIt() throws Exception {
        applied(hello);
        var other =
                new Hello(new ApplicationName(hello.application().namespace(), "other"), 1, hello.image(), 1, false);
        assertThat(trouble(applied(other)).detail()).contains("belongs to the application " + hello.application());
        assertThat(deleted(other)).isInstanceOf(ConfirmDeleted.class);
        assertThat(version("/apis/apps/v1", "deployments/hello")).isNotEmpty();
    }

    @Test
    void whatTheServerRefusesIsTheSubmittersFault() throws Exception {
        var misspelt = hello.object("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"misspelt"},"dota":{}}""");
        var trouble = answer(consumer -> gateway.apply(hello.apply(List.of(misspelt)), consumer));
        assertThat(trouble(trouble).kind()).isEqualTo(Kind.INVALID);
        assertThat(trouble(trouble).detail()).contains("dota");
        var unknown = hello.object("""
                {"apiVersion":"example.com/v1","kind":"Rocket","metadata":{"name":"rocket"}}""");
        assertThat(trouble(answer(consumer -> gateway.apply(hello.apply(List.of(unknown)), consumer)))
                        .detail())
                .isEqualTo("cluster eu-1 knows no kind Rocket of example.com/v1 (for rocket \"rocket\")");
    }

    @Test
    void aMissingNamespaceIsNamed() throws Exception {
        var nowhere = new Hello(new ApplicationName("nowhere", "hello"), 1, "hello:1", 1, false);
        var trouble = trouble(applied(nowhere));
        assertThat(trouble.kind()).isEqualTo(Kind.NAMESPACE_MISSING);
        assertThat(trouble.detail()).startsWith("namespace \"nowhere\" not found in cluster eu-1; create it");
    }

    @Test
    void anImageThatCannotBePulledIsToldWithTheExceededDeadline() throws Exception {
        applied(hello.image("kelseyhightower/hello:broken"));
        var failed = sightings.awaitObservation(seen -> seen.workloads().stream()
                .anyMatch(workload -> workload.deadlineExceeded().isPresent()));
        assertThat(Progress.of(failed)).isInstanceOfSatisfying(Progress.Failed.class, progress -> {
            assertThat(progress.trouble().kind()).isEqualTo(Kind.IMAGE_PULL);
            assertThat(progress.trouble().detail())
                    .startsWith(
                            "deployment \"hello\" exceeded its progress deadline; image \"kelseyhightower/hello:broken\" "
                                    + "of container \"hello\": ")
                    .containsAnyOf("ErrImagePull", "ImagePullBackOff");
        });
    }

    @Test
    void deletedMeansGone() throws Exception {
        applied(hello);
        awaitDone(1);
        create("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"by-hand"},"data":{}}""");
        var keys = Set.of(
                hello.deployment().key(),
                hello.service().key(),
                hello.config().key(),
                hello.secret().key(),
                new ObjectKey("v1", "ConfigMap", hello.application().namespace(), "by-hand"),
                new ObjectKey("v1", "ConfigMap", hello.application().namespace(), "never-there"));
        var task = new RolloutTask.Delete(hello.application(), "eu-1", 2, 0, keys);

        assertThat(answer(consumer -> gateway.delete(task, consumer))).isEqualTo(new ConfirmDeleted(2, keys));

        var namespace = "/namespaces/" + hello.application().namespace();
        assertThat(kubectl.get("/apis/apps/v1" + namespace + "/deployments/hello")
                        .code())
                .isEqualTo(404);
        assertThat(kubectl.get("/api/v1" + namespace + "/secrets/hello-tls-1a2b3")
                        .code())
                .isEqualTo(404);
        assertThat(version("/api/v1", "configmaps/by-hand")).isNotEmpty();
        sightings.await(new Sighting.Vanished(hello.application())::equals);
    }

    /** Mostly it was never written, or has gone with its kind; an application with such an object can be deleted. */
    @Test
    void whatTheClusterServesNoKindForCountsAsGone() throws Exception {
        applied(hello);
        var namespace = hello.application().namespace();
        var keys = Set.of(
                hello.deployment().key(),
                new ObjectKey("example.com/v1", "Rocket", namespace, "group-unknown"),
                new ObjectKey("apps/v1beta1", "Deployment", namespace, "version-unknown"),
                new ObjectKey("apps/v1", "Rocket", namespace, "kind-unknown"),
                new ObjectKey("v1", "Rocket", namespace, "kind-unknown"),
                new ObjectKey("apps", "Deployment", namespace, "no-version"),
                new ObjectKey("apps/", "Deployment", namespace, "no-version"),
                new ObjectKey("apps/v1/deployments", "Deployment", namespace, "too-long"),
                new ObjectKey("apps/v1 beta", "Deployment", namespace, "with-a-space"));
        var task = new RolloutTask.Delete(hello.application(), "eu-1", 2, 0, keys);

        assertThat(answer(consumer -> gateway.delete(task, consumer))).isEqualTo(new ConfirmDeleted(2, keys));
        assertThat(kubectl.get("/apis/apps/v1/namespaces/" + namespace + "/deployments/hello")
                        .code())
                .isEqualTo(404);
    }

    @Test
    void whatHasGoneIsConfirmedBesideTheTroubleWithTheRest() throws Exception {
        applied(hello);
        var held = hello.object("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a-held","finalizers":["example.com/audit"]}}""");
        assertThat(answer(consumer -> gateway.apply(hello.apply(List.of(held)), consumer)))
                .isEqualTo(new ConfirmApplied(1, 0));
        var going = Set.of(
                hello.deployment().key(), hello.config().key(), hello.secret().key());
        var keys = new HashSet<>(going);
        keys.add(held.key());
        var answers = new LinkedBlockingQueue<RolloutCommand>();

        gateway.delete(new RolloutTask.Delete(hello.application(), "eu-1", 2, 0, keys), answers::add);

        assertThat(answers.poll(30, TimeUnit.SECONDS)).isEqualTo(new ConfirmDeleted(2, going));
        assertThat(trouble(answers.poll(30, TimeUnit.SECONDS)).detail())
                .contains("configmap \"a-held\"", "held by its finalizers [example.com/audit]");
        kubectl.merge(
                "/api/v1/namespaces/" + hello.application().namespace() + "/configmaps/a-held",
                "fieldManager=by-hand",
                json("{\"metadata\":{\"finalizers\":null}}"));
    }

    @Test
    void lookingShowsAgainWhatHasNotChangedAndThatNothingIsThere() throws Exception {
        applied(hello);
        awaitDone(1);
        sightings.forget();
        gateway.look(new RolloutTask.Watch(hello.application(), "eu-1", 1, 0));
        awaitDone(1);
        var nobody = new ApplicationName(hello.application().namespace(), "nobody");
        gateway.look(new RolloutTask.Watch(nobody, "eu-1", 1, 0));
        sightings.await(new Sighting.Vanished(nobody)::equals);
    }
}
