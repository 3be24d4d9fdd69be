package dev.shiplog.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Progress;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutCommand.MeetTrouble;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.engine.cluster.ClusterGateway;
import dev.shiplog.engine.cluster.Sighting;
import dev.shiplog.kubernetes.access.ApiServer;
import dev.shiplog.kubernetes.access.Credentials;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A gateway, opened anew for each test, and a namespace of its own for it in a local cluster or any other. */
abstract class GatewayContract {

    private static final SecretOpener SECRETS = (application, secret, key, cipher) -> {
        if (!cipher.startsWith("sealed:")) {
            throw new GeneralSecurityException("not sealed");
        }
        return (secret + "/" + key + "=" + cipher.substring(7)).getBytes(StandardCharsets.UTF_8);
    };

    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static ClusterUnderTest cluster;
    static ApiServer kubectl;
    static Fabric8ClusterGateways gateways;

    final Sightings sightings = new Sightings();
    ClusterGateway gateway;
    Hello hello;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        cluster = ClusterUnderTest.start(folder);
        kubectl = new ApiServer(
                "eu-1", cluster.connection(), Credentials.of(cluster.connection()), new Vertx5HttpClientFactory(vertx));
        gateways = new Fabric8ClusterGateways(name -> cluster.connection(), SECRETS, vertx, GatewayLimits.USUAL);
    }

    @AfterAll
    static void stop() {
        gateways.close();
        kubectl.close();
        cluster.close();
        vertx.close().await();
    }

    @BeforeEach
    void open() throws Exception {
        var namespace = "shiplog-" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(kubectl.apply(
                                "/api/v1/namespaces/" + namespace,
                                "fieldManager=kubectl",
                                json("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
                                        .formatted(namespace)))
                        .isSuccess())
                .isTrue();
        hello = new Hello(new ApplicationName(namespace, "hello"), 1, "kelseyhightower/hello:1.0.0", 2, false);
        gateway = gateways.open("eu-1", sightings);
        sightings.await(Sighting.Reached.class::isInstance);
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
        kubectl.delete("/api/v1/namespaces/" + hello.application().namespace(), Json.EMPTY);
    }

    RolloutCommand applied(Hello wanted) throws Exception {
        return answer(consumer -> gateway.apply(wanted.apply(), consumer));
    }

    RolloutCommand deleted(Hello wanted) throws Exception {
        var task = new RolloutTask.Delete(
                wanted.application(),
                "eu-1",
                wanted.generation(),
                0,
                Set.of(wanted.deployment().key(), wanted.config().key()));
        return answer(consumer -> gateway.delete(task, consumer));
    }

    static RolloutCommand answer(Consumer<Consumer<RolloutCommand>> asked) throws Exception {
        var answer = new CompletableFuture<RolloutCommand>();
        asked.accept(answer::complete);
        return answer.get(30, TimeUnit.SECONDS);
    }

    static Trouble trouble(RolloutCommand answer) {
        assertThat(answer).isInstanceOf(MeetTrouble.class);
        return ((MeetTrouble) answer).trouble();
    }

    Observation awaitDone(int generation) throws InterruptedException {
        return sightings.awaitObservation(seen -> seen.application().equals(hello.application())
                && seen.generation() == generation
                && !seen.workloads().isEmpty()
                && Progress.of(seen) instanceof Progress.Done);
    }

    void create(String object) throws Exception {
        var json = json(object);
        var name = json.object("metadata").text("name").orElseThrow();
        var path = "/api/v1/namespaces/" + hello.application().namespace() + "/configmaps/" + name;
        assertThat(kubectl.apply(path, "fieldManager=by-hand", json).isSuccess())
                .isTrue();
    }

    Json.Obj get(String root, String path) throws Exception {
        return kubectl.read(root + "/namespaces/" + hello.application().namespace() + "/" + path);
    }

    String version(String root, String path) throws Exception {
        return get(root, path).object("metadata").text("resourceVersion").orElse("");
    }

    static Json.Obj json(String text) {
        return dev.shiplog.kubernetes.json.JsonReader.read(text.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }
}
