package dev.shiplog.acceptance.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.acceptance.kills.Fleet.Deployed;
import dev.shiplog.acceptance.running.Commands;
import dev.shiplog.acceptance.running.Eventually;
import dev.shiplog.acceptance.strategies.ReleaseFile;
import dev.shiplog.acceptance.strategies.Visitor;
import dev.shiplog.localcluster.store.Kinds;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * A canary and a blue-green release on their way side by side; Shiplog is killed in each of their steps, while requests
 * go on. {@code -Dshiplog.kills.strategies=N} does it for so many releases.
 */
class KillMidStrategyTest extends KillTest {

    private static final int ROUNDS = Integer.getInteger("shiplog.kills.strategies", 1);
    private static final String CLUSTER = "gke-seoul";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ReleaseFile CANARY =
            ReleaseFile.of("bird", "1.0.0", 4, "{canary: {steps: [{setWeight: 25}, {pause: {}}]}}");
    private static final ReleaseFile COLOURS =
            ReleaseFile.of("leaf", "1.0.0", 3, "{blueGreen: {autoPromotion: manual, scaleDownDelay: 25s}}");

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
        var history = new History();
        history.read(shiplog.endpoints().postgres());
        assertThat(history.repeated()).isEmpty();
        assertThat(history.brokenChain(shiplog.endpoints().postgres())).isEmpty();
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

    private void killAndStartAgain() throws Exception {
        shiplog.kill();
        startShiplog();
    }

    private Map<String, Deployed> deployments() {
        return java.util.Objects.requireNonNull(fleet.deployments().get(CLUSTER));
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
