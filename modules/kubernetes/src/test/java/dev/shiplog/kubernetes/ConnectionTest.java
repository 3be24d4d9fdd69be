package dev.shiplog.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutCommand.MeetTrouble;
import dev.shiplog.engine.cluster.ClusterGateway;
import dev.shiplog.engine.cluster.Sighting;
import dev.shiplog.localcluster.LocalCluster;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {

    private static final Hello HELLO =
            new Hello(new ApplicationName("default", "hello"), 1, "kelseyhightower/hello:1.0.0", 1, false);

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Sightings sightings = new Sightings();
    private Path kubeconfig;
    private Fabric8ClusterGateways gateways;

    @BeforeEach
    void prepare() {
        kubeconfig = folder.resolve("kubeconfig");
        var access = new ClusterConnection.Access.Kubeconfig(kubeconfig, Optional.empty());
        gateways = new Fabric8ClusterGateways(
                name -> new ClusterConnection(access),
                (application, secret, key, cipher) -> new byte[0],
                vertx,
                GatewayLimits.USUAL);
    }

    @AfterEach
    void stop() {
        gateways.close();
        vertx.close().await();
    }

    @Test
    void aClusterWhoseKubeconfigIsStillMissingIsReachedOnceItIsThere() throws Exception {
        try (var cluster = LocalCluster.named("eu-1").start();
                var gateway = gateways.open("eu-1", sightings)) {
            sightings.await(Sighting.Lost.class::isInstance);
            assertThat(troubleOf(gateway))
                    .isEqualTo(new Trouble(
                            Kind.UNREACHABLE, "cluster eu-1 cannot be reached: no kubeconfig at " + kubeconfig));
            Files.writeString(kubeconfig, cluster.kubeconfig());
            sightings.await(Sighting.Reached.class::isInstance);
            assertThat(sightings.told()).hasSize(2);
        }
    }

    @Test
    void wrongCredentialsAreNamed() throws Exception {
        try (var cluster = LocalCluster.named("eu-1").tokens("right").start()) {
            Files.writeString(kubeconfig, cluster.kubeconfig().replace("right", "wrong"));
            try (var gateway = gateways.open("eu-1", sightings)) {
                var lost = (Sighting.Lost) sightings.await(Sighting.Lost.class::isInstance);
                assertThat(lost.trouble().kind()).isEqualTo(Kind.UNAUTHORIZED);
                assertThat(troubleOf(gateway).kind()).isEqualTo(Kind.UNAUTHORIZED);
            }
        }
    }

    /** Its versions begin anew then: a watch from the version before would be silent. */
    @Test
    void aClusterThatIsLostAndComesBackEmptyShowsThat() throws Exception {
        int port = freePort();
        ClusterGateway gateway;
        try (var cluster = start(port)) {
            Files.writeString(kubeconfig, cluster.kubeconfig());
            gateway = gateways.open("eu-1", sightings);
            sightings.await(Sighting.Reached.class::isInstance);
            answer(gateway);
            sightings.awaitObservation(seen -> seen.generation() == 1);
        }
        var lost = (Sighting.Lost) sightings.await(Sighting.Lost.class::isInstance);
        assertThat(lost.trouble().kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(troubleOf(gateway).kind()).isEqualTo(Kind.UNREACHABLE);
        sightings.forget();
        try (var cluster = start(port)) {
            Files.writeString(kubeconfig, cluster.kubeconfig());
            sightings.await(Sighting.Reached.class::isInstance);
            sightings.await(new Sighting.Vanished(HELLO.application())::equals);
            assertThat(answer(gateway)).isEqualTo(new RolloutCommand.ConfirmApplied(1, 0));
            sightings.awaitObservation(seen -> seen.generation() == 1);
            assertThat(sightings.told()).noneMatch(Sighting.Lost.class::isInstance);
        }
        gateway.close();
    }

    private static LocalCluster start(int port) {
        return LocalCluster.named("eu-1")
                .apiPort(port)
                .timeToReady(Duration.ofMillis(100))
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Trouble troubleOf(ClusterGateway gateway) throws Exception {
        return ((MeetTrouble) answer(gateway)).trouble();
    }

    private static RolloutCommand answer(ClusterGateway gateway) throws Exception {
        var answer = new CompletableFuture<RolloutCommand>();
        gateway.apply(HELLO.apply(), answer::complete);
        return answer.get(30, TimeUnit.SECONDS);
    }
}
