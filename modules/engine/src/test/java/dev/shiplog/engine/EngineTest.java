package dev.shiplog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.engine.ingest.Incoming;
import dev.shiplog.engine.stream.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTest {

    private static final ApplicationName HELLO = ApplicationName.parse("default/hello");
    private static final Timings QUICK = new Timings(
            Duration.ofSeconds(10), Duration.ofMillis(100), new Backoff(Duration.ofMillis(10), Duration.ofMillis(20)));

    private final Map<String, FakeCluster> clusters = new ConcurrentHashMap<>();
    private final Engine engine = Engine.start(
            ActorSystemSetup.create(BootstrapSetup.create(PersistenceTestKitPlugin.getInstance()
                    .config()
                    .withFallback(ConfigFactory.parseString("pekko.persistence.testkit.events.serialize = off"))
                    .withFallback(ConfigFactory.load()))),
            Clock.systemUTC(),
            QUICK,
            new ActorLimits(1_024, 64, Duration.ofMillis(50)),
            Fleet.of(List.of(new Cluster("eu", Map.of()), new Cluster("us", Map.of()))),
            (name, sightings) -> clusters.computeIfAbsent(name, absent -> new FakeCluster(name, sightings)),
            (cluster, sighting) -> {},
            new RememberingCodec<>(),
            new RememberingCodec<>());

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void aReleaseIsCarriedOutOnEveryClusterUnderOneGeneration() throws Exception {
        assertThat(submit("1", apply("hello:1.0.0")))
                .isEqualTo(new Outcome.Accepted(
                        1, "revision 1 goes to eu, us", List.of(new Outcome.Made(1, List.of("eu", "us")))));

        assertThat(cluster("eu").awaitApplied(1).generation()).isEqualTo(1);
        assertThat(cluster("us").awaitApplied(1).generation()).isEqualTo(1);
    }

    @Test
    void theSameCommandAgainIsToldTheSameAndAppliedOnce() throws Exception {
        var first = submit("1", apply("hello:1.0.0"));
        cluster("eu").awaitApplied(1);

        assertThat(submit("1", apply("hello:1.0.0"))).isEqualTo(first);
        assertThat(submit("2", apply("hello:2.0.0"))).isInstanceOf(Outcome.Accepted.class);
        assertThat(cluster("eu").awaitApplied(2).revision()).isEqualTo(2);
    }

    @Test
    void anApplicationThatHasLeftMemoryComesBackAsItWas() throws Exception {
        submit("1", apply("hello:1.0.0"));
        cluster("eu").awaitApplied(1);
        cluster("us").awaitApplied(1);

        for (int scale = 1; scale <= 20; scale++) {
            assertThat(submit("scale " + scale, new ApplicationCommand.Scale(ClusterSelection.ALL, scale)))
                    .isEqualTo(new Outcome.Accepted(0, "scaled to " + scale + " on eu, us"));
            assertThat(cluster("eu").awaitApplied(scale + 1).generation()).isEqualTo(scale + 1);
        }
    }

    @Test
    void troubleInOneClusterIsTriedAgainAndHoldsUpNoOther() throws Exception {
        submit("1", apply("hello:1.0.0"));
        var eu = cluster("eu");
        eu.awaitApplied(1);
        cluster("us").awaitApplied(1);
        eu.trouble = Optional.of(new Trouble(Trouble.Kind.UNREACHABLE, "connection refused"));

        submit("2", apply("hello:2.0.0"));

        assertThat(cluster("us").awaitApplied(2).revision()).isEqualTo(2);
        assertThat(eu.applied).noneMatch(assignment -> assignment.revision() == 2);
        eu.trouble = Optional.empty();
        assertThat(eu.awaitApplied(2).revision()).isEqualTo(2);
    }

    @Test
    void aRefusalSaysWhyAndIsRemembered() throws Exception {
        var refused = submit("1", new ApplicationCommand.Pause(ClusterSelection.ALL));

        assertThat(refused)
                .isEqualTo(new Outcome.Refused(
                        "unknown-application",
                        "application \"default/hello\" not found; shiplog get apps lists those there are"));
        submit("2", apply("hello:1.0.0"));
        assertThat(submit("1", new ApplicationCommand.Pause(ClusterSelection.ALL)))
                .isEqualTo(refused);
    }

    private Outcome submit(String id, ApplicationCommand command) throws Exception {
        return engine.submit(
                        new Incoming(HELLO, new CommandId("test", id), Principal.claimed("ada"), "because", command))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private FakeCluster cluster(String name) {
        return Optional.ofNullable(clusters.get(name)).orElseThrow();
    }

    private static ApplicationCommand apply(String image) {
        var deployment = Json.EMPTY
                .with("apiVersion", Json.text("apps/v1"))
                .with("kind", Json.text("Deployment"))
                .with("metadata", Json.EMPTY.with("name", Json.text("hello")))
                .with(
                        "spec",
                        Json.EMPTY
                                .with("replicas", Json.number(3))
                                .withObject(
                                        "template",
                                        template -> template.withObject(
                                                "spec",
                                                pod -> pod.with(
                                                        "containers",
                                                        Json.array(List.of(Json.EMPTY
                                                                .with("name", Json.text("hello"))
                                                                .with("image", Json.text(image))))))));
        return new ApplicationCommand.Apply(
                new ReleaseSpec(
                        List.of(new KubernetesObject(deployment)),
                        ClusterSelection.ALL,
                        Strategy.AS_WRITTEN,
                        List.of(),
                        false,
                        Optional.empty()),
                "");
    }
}
