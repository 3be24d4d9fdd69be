package dev.shiplog.acceptance.strategies;

import static dev.shiplog.acceptance.strategies.World.BUSAN;
import static dev.shiplog.acceptance.strategies.World.SEOUL;
import static dev.shiplog.acceptance.strategies.World.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.acceptance.running.Eventually;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From one strategy to another, and several of them inside one release. */
@ExtendWith(Started.class)
class BetweenStrategiesTest {

    private static final String ROLLING = "{rolling: {}}";
    private static final String CANARY = "{canary: {steps: [{setWeight: 25}, {pause: {duration: 1s}}]}}";
    private static final String BLUE_GREEN = "{blueGreen: {scaleDownDelay: 1s}}";

    private final World world;

    BetweenStrategiesTest(World world) {
        this.world = world;
    }

    @Test
    void noRequestIsLostAndNothingIsLeftBehind() throws Exception {
        var release = ReleaseFile.of("change", "1.0.0", 4, ROLLING);
        world.ship(release);
        try (var visitor = world.visitor(SEOUL, "change")) {
            world.ship(release.version("2.0.0").strategy(CANARY));
            world.await("change", SEOUL, "Healthy", Map.of("change", "4/4"));
            world.ship(release.version("3.0.0").strategy(BLUE_GREEN));
            world.await("change", SEOUL, "Healthy", Map.of("change-green", "4/4"));
            world.ship(release.version("4.0.0").strategy(CANARY));
            world.await("change", SEOUL, "Healthy", Map.of("change", "4/4"));
            world.ship(release.version("5.0.0").strategy(BLUE_GREEN));
            world.await("change", SEOUL, "Healthy", Map.of("change-green", "4/4"));
            world.ship(release.version("6.0.0").strategy(ROLLING));
            world.await("change", SEOUL, "Healthy", Map.of("change", "4/4"));
            assertThat(visitor.nextAnswers(50)).containsOnlyKeys("6.0.0");
            assertThat(visitor.errors()).isEmpty();
            assertThat(visitor.fewestReady()).isGreaterThanOrEqualTo(3);
        }
        assertThat(world.objects("change", SEOUL))
                .isEqualTo(Set.of("Deployment/change", "Service/change", "ConfigMap"));
        assertThat(world.service("change", SEOUL).at("/spec/selector").toString())
                .isEqualTo("{\"app\":\"change\"}");
    }

    /** An API server fills in limits of a rolling update that nobody wrote, and refuses them beside Recreate. */
    @Test
    void recreateFollowsOnARollingUpdateAndIsFollowedByOne() throws Exception {
        var release = ReleaseFile.of("anew", "1.0.0", 2, ROLLING);
        world.ship(release);
        world.ship(release.version("2.0.0").strategy("{recreate: {}}"));
        world.await("anew", SEOUL, "Healthy", Map.of("anew", "2/2"));
        world.ship(release.version("3.0.0").strategy(ROLLING));
        world.await("anew", SEOUL, "Healthy", Map.of("anew", "2/2"));
    }

    /** What kubectl has made is kubectl's, with the limits that the server has filled in. */
    @Test
    void recreateTakesOverWhatWasMadeByHand() throws Exception {
        deploymentByHand("hand", 2);
        world.apply(ReleaseFile.of("hand", "1.0.0", 2, "{recreate: {}}"));
        world.await("hand", SEOUL, "Degraded", Map.of("hand", "2/2"));
        assertThat(world.type("get app hand -o json"))
                .contains(".spec.strategy.type belongs to \\\"kubectl-create\\\" using apps/v1");

        world.type("rollout retry hand --force-conflicts --wait --timeout 60s");

        world.await("hand", SEOUL, "Healthy", Map.of("hand", "2/2"));
        world.ship(ReleaseFile.of("hand", "1.0.0", 2, ROLLING));
        world.await("hand", SEOUL, "Healthy", Map.of("hand", "2/2"));
    }

    /** Users stay with the old pods until there are others; then those go. */
    @Test
    void blueTakesThePlaceOfWhatWasMadeByHand() throws Exception {
        deploymentByHand("adopt", 3);
        world.byHand(SEOUL).create("/api/v1/namespaces/default/services", """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "adopt"},
                 "spec": {"selector": {"app": "adopt"}, "ports": [{"port": 80}]}}""");
        var release = ReleaseFile.of("adopt", "1.0.0", 3, "{blueGreen: {}}");
        Eventually.holds("three pods are behind the Service", () -> {
            try (var endpoints = new ReadyEndpoints(world.cluster(SEOUL), "adopt")) {
                return endpoints.fewest() == 3;
            }
        });
        try (var visitor = world.visitor(SEOUL, "adopt")) {
            world.ship(release.on(release.rest() + "\n  forceConflicts: true"));
            world.await("adopt", SEOUL, "Healthy", Map.of("adopt-blue", "3/3"));
            visitor.nextAnswers(20);
            assertThat(visitor.errors()).isEmpty();
            assertThat(visitor.fewestReady()).isEqualTo(3);
        }
        assertThat(world.objects("adopt", SEOUL))
                .isEqualTo(Set.of("Deployment/adopt-blue", "Service/adopt", "ConfigMap"));
    }

    private void deploymentByHand(String app, int replicas) throws Exception {
        world.byHand(SEOUL).create("/apis/apps/v1/namespaces/default/deployments", """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {
                  "name": "%1$s", "labels": {"app.kubernetes.io/name": "%1$s"}}, "spec": {
                 "replicas": %2$d, "selector": {"matchLabels": {"app": "%1$s", "track": "stable"}}, "template": {
                  "metadata": {"labels": {"app": "%1$s", "track": "stable"}},
                  "spec": {"containers": [{"name": "hello", "image": "kelseyhightower/hello:1.0.0"}]}}}}""".formatted(app, replicas));
    }

    @Test
    void oneReleaseRollsHereGoesCanaryThereAndBlueGreenElsewhere() throws Exception {
        var strategies = """
                overrides:
                    - {clusters: {names: [%s]}, strategy: {canary: {steps: [{setWeight: 25}, {pause: {}}]}}}
                    - {clusters: {names: [%s]}, strategy: {blueGreen: {autoPromotion: manual, scaleDownDelay: 1s}}}""".formatted(VIRGINIA, BUSAN);
        var release = ReleaseFile.of("world", "1.0.0", 4, ROLLING).on(strategies);
        world.ship(release);
        try (var seoul = world.visitor(SEOUL, "world");
                var virginia = world.visitor(VIRGINIA, "world");
                var busan = world.visitor(BUSAN, "world")) {
            world.apply(release.version("2.0.0"));
            world.await("world", SEOUL, "Healthy", Map.of("world", "4/4"));
            world.await("world", VIRGINIA, "Paused", Map.of("world", "3/3", "world-canary", "1/1"));
            world.await("world", BUSAN, "Paused", Map.of("world-blue", "4/4", "world-green", "4/4"));
            assertThat(seoul.nextAnswers(50)).containsOnlyKeys("2.0.0");
            assertThat(virginia.nextAnswers(200)).containsOnlyKeys("1.0.0", "2.0.0");
            assertThat(busan.nextAnswers(50)).containsOnlyKeys("1.0.0");

            world.command("world", "\"promote\":{}");
            world.await("world", VIRGINIA, "Healthy", Map.of("world", "4/4"));
            world.await("world", BUSAN, "Healthy", Map.of("world-green", "4/4"));
            for (var visitor : List.of(seoul, virginia, busan)) {
                assertThat(visitor.nextAnswers(50)).containsOnlyKeys("2.0.0");
                assertThat(visitor.errors()).isEmpty();
                assertThat(visitor.fewestReady()).isGreaterThanOrEqualTo(3);
            }
            assertThat(busan.order()).containsExactly("1.0.0", "2.0.0");
        }
        assertThat(world.type("rollout history world -o json")).contains("release 2.0.0");
    }
}
