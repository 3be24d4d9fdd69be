package dev.shiplog.acceptance.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.acceptance.kills.Stock.Deployed;
import dev.shiplog.acceptance.running.Commands;
import dev.shiplog.acceptance.running.Eventually;
import dev.shiplog.acceptance.strategies.ByHand;
import dev.shiplog.acceptance.strategies.ReleaseFile;
import dev.shiplog.acceptance.strategies.Visitor;
import dev.shiplog.localcluster.store.Kinds;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * A canary and a blue-green release on their way side by side, then a canary by a route of somebody else's beside one by a
 * route of its own; Shiplog is killed in each of their steps, while requests go on. {@code -Dshiplog.kills.strategies=N} does it for so many releases.
 */
class KillMidStrategyTest extends KillTest {

    private static final int ROUNDS = Integer.getInteger("shiplog.kills.strategies", 1);
    private static final String CLUSTER = "gke-seoul";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ReleaseFile CANARY =
            ReleaseFile.of("bird", "1.0.0", 4, "{canary: {steps: [{setWeight: 25}, {pause: {}}]}}");
    private static final ReleaseFile COLOURS =
            ReleaseFile.of("leaf", "1.0.0", 3, "{blueGreen: {autoPromotion: manual, scaleDownDelay: 25s}}");

    private static final String WEIGHTS = "{canary: {trafficRouting: {gatewayAPI: {httpRoute: %s-route}}, steps: "
            + "[{setWeight: 10}, {pause: {}}, {setWeight: 50}, {pause: {}}]}}";
    private static final ReleaseFile ROAD = ReleaseFile.of("road", "1.0.0", 4, WEIGHTS.formatted("road"));
    private static final ReleaseFile LANE = ReleaseFile.of("lane", "1.0.0", 4, WEIGHTS.formatted("lane"))
            .with("{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: lane-route},"
                    + " spec: {parentRefs: [{name: outside}], rules: [{backendRefs: [{name: lane, port: 80}]}]}}");

    KillMidStrategyTest() {
        super(Duration.ofSeconds(2));
    }

    @Test
    void eachStepIsTakenUpAgainAndNoRequestIsLost() throws Exception {
        apply(CANARY);
        apply(COLOURS);
        awaitPods(Map.of("bird", "4", "leaf-blue", "3"));
        var colour = "blue";
        try (var bird = new Visitor(fleet.cluster(CLUSTER), "bird");
                var leaf = new Visitor(fleet.cluster(CLUSTER), "leaf")) {
            for (int round = 2; round <= ROUNDS + 1; round++) {
                colour = release(round + ".0.0", colour);
            }
            assertThat(leaf.nextAnswers(50)).containsOnlyKeys(ROUNDS + 1 + ".0.0");
            assertThat(bird.nextAnswers(50)).containsOnlyKeys(ROUNDS + 1 + ".0.0");
            assertThat(leaf.order()).as("all at once, each time").hasSize(ROUNDS + 1);
            assertThat(bird.errors()).isEmpty();
            assertThat(leaf.errors()).isEmpty();
            assertThat(bird.fewestReady()).isGreaterThanOrEqualTo(3);
            assertThat(leaf.fewestReady()).isGreaterThanOrEqualTo(3);
        }
        assertHistoryIsWhole();
    }

    @Test
    void eachWeightIsTakenUpAgainAndNoRequestIsLost() throws Exception {
        byHand().route("road-route", "road");
        apply(ROAD);
        apply(LANE);
        awaitPods(Map.of("road", "4", "lane", "4"));
        try (var road = new Visitor(fleet.cluster(CLUSTER), "road", "road-route");
                var lane = new Visitor(fleet.cluster(CLUSTER), "lane", "lane-route")) {
            weighed("2.0.0");
            assertThat(road.nextAnswers(50)).containsOnlyKeys("2.0.0");
            assertThat(lane.nextAnswers(50)).containsOnlyKeys("2.0.0");
            weighedAndAborted("3.0.0");
            for (var visitor : List.of(road, lane)) {
                assertThat(visitor.nextAnswers(50)).containsOnlyKeys("2.0.0");
                assertThat(visitor.errors()).isEmpty();
                assertThat(visitor.fewestReady()).isGreaterThanOrEqualTo(3);
            }
        }
        assertHistoryIsWhole();
    }

    /** Killed while the canary comes up, while it waits, while the weight moves, and while it rolls into stable. */
    private void weighed(String version) throws Exception {
        beginWeighed(version);
        killAndStartAgain();
        awaitHeld("4", "1", "-stable 90", "-canary 10");
        killAndStartAgain();
        awaitHeld("4", "1", "-stable 90", "-canary 10");

        both("\"promote\":{}");
        Eventually.holds(
                "the second step is begun",
                () -> present("road-canary").replicas() == 2
                        && present("lane-canary").replicas() == 2);
        killAndStartAgain();
        awaitHeld("2", "2", "-stable 50", "-canary 50");

        both("\"promote\":{}");
        Eventually.holds(
                "both are promoted",
                () -> present("road").images().toString().contains(version)
                        && present("lane").images().toString().contains(version));
        killAndStartAgain();
        awaitPhase("road", "Healthy");
        awaitPhase("lane", "Healthy");
        awaitWhole();
    }

    private void weighedAndAborted(String version) throws Exception {
        beginWeighed(version);
        awaitHeld("4", "1", "-stable 90", "-canary 10");
        both("\"abort\":{}");
        killAndStartAgain();
        awaitPhase("road", "Degraded");
        awaitPhase("lane", "Degraded");
        awaitWhole();
    }

    private void beginWeighed(String version) throws IOException {
        apply(ROAD.version(version));
        apply(LANE.version(version));
        Eventually.holds(
                "both come up", () -> deployments().keySet().containsAll(Set.of("road-canary", "lane-canary")));
    }

    private void both(String action) throws IOException, InterruptedException {
        var commands = new Commands(shiplog.endpoints().api());
        commands.must("road", action);
        commands.must("lane", action);
    }

    private void awaitHeld(String stable, String canary, String... backends) {
        awaitPhase("road", "Paused");
        awaitPhase("lane", "Paused");
        awaitPods(Map.of("road", stable, "road-canary", canary, "lane", stable, "lane-canary", canary));
        for (var app : List.of("road", "lane")) {
            assertThat(byHand().backends(app + "-route")).isEqualTo(app + backends[0] + ", " + app + backends[1]);
        }
    }

    /** Nothing is left of a canary. */
    private void awaitWhole() {
        awaitPods(Map.of("road", "4", "lane", "4"));
        assertThat(byHand().backends("road-route")).isEqualTo("road 1");
        assertThat(byHand().backends("lane-route")).isEqualTo("lane 1");
    }

    private ByHand byHand() {
        return new ByHand(fleet.cluster(CLUSTER));
    }

    private void assertHistoryIsWhole() throws Exception {
        var history = History.of(database());
        assertThat(history.effects().repeated()).isEmpty();
        assertThat(history.endings().wrong()).isEmpty();
        assertThat(history.endings().open()).isEmpty();
        assertThat(history.brokenChain(database())).isEmpty();
    }

    /** Returns the colour that serves then. */
    private String release(String version, String colour) throws Exception {
        var other = colour.equals("blue") ? "green" : "blue";
        var held = Map.of("bird", "3", "bird-canary", "1", "leaf-" + colour, "3", "leaf-" + other, "3");
        apply(CANARY.version(version));
        apply(COLOURS.version(version));
        // On a busy machine the one may have come up before the other is written.
        Eventually.holds(
                "both come up", () -> deployments().keySet().containsAll(Set.of("bird-canary", "leaf-" + other)));
        killAndStartAgain();
        awaitPods(held);
        awaitPhase("bird", "Paused");
        awaitPhase("leaf", "Paused");

        killAndStartAgain();
        awaitPhase("bird", "Paused");
        awaitPhase("leaf", "Paused");
        awaitPods(held);
        assertThat(selectedColour()).isEqualTo(colour);

        var commands = new Commands(shiplog.endpoints().api());
        commands.must("bird", "\"promote\":{}");
        commands.must("leaf", "\"promote\":{}");
        Eventually.holds(
                "the canary is promoted",
                () -> !present("bird").images().toString().contains(":1.0.0"));
        Eventually.holds("the colours are switched", () -> selectedColour().equals(other));
        killAndStartAgain();
        awaitPhase("leaf", "Healthy");
        assertThat(deployments()).as("the former colour is kept").containsKey("leaf-" + colour);

        killAndStartAgain();
        awaitPods(Map.of("bird", "4", "leaf-" + other, "3"));
        awaitPhase("bird", "Healthy");
        awaitPhase("leaf", "Healthy");
        return other;
    }

    private void apply(ReleaseFile release) throws IOException {
        shiplog.must("apply -f " + release.in(folder));
    }

    private Map<String, Deployed> deployments() {
        return Objects.requireNonNull(fleet.deployments().get(CLUSTER));
    }

    private Deployed present(String name) {
        return Optional.ofNullable(deployments().get(name))
                .orElseThrow(() -> new IllegalStateException("no Deployment " + name));
    }

    /** Each Deployment there is, by the number of its pods, all of them there. */
    private void awaitPods(Map<String, String> wanted) {
        Eventually.isComplete("pods " + new TreeMap<>(wanted), () -> {
            var pods = new TreeMap<String, String>();
            deployments()
                    .forEach((name, each) ->
                            pods.put(name, each.isDone() ? String.valueOf(each.replicas()) : each.toString()));
            return pods.equals(wanted) ? Optional.empty() : Optional.of(pods.toString());
        });
    }

    private void awaitPhase(String app, String phase) {
        Eventually.holds(app + " is " + phase, shown(app, phase));
    }

    private Callable<Boolean> shown(String app, String phase) {
        return () -> JSON.readTree(shiplog.must("get app " + app + " -o json"))
                .path("phase")
                .asString()
                .equals(phase);
    }

    private String selectedColour() {
        var cluster = fleet.cluster(CLUSTER);
        return cluster.onLoop(() -> cluster.store().get(Kinds.SERVICE.key("default", "leaf")))
                .at("/spec/selector")
                .path("shiplog.dev/colour")
                .asString("");
    }
}
