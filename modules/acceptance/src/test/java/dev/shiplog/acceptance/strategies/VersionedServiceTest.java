package dev.shiplog.acceptance.strategies;

import static dev.shiplog.acceptance.strategies.World.SEOUL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Service that selects a version, while pods of two versions serve: a rolling update, a canary, and the way back. */
@ExtendWith(Started.class)
class VersionedServiceTest {

    private static final String ROLLING = "{rolling: {maxSurge: 1, maxUnavailable: 0}}";

    private final World world;

    VersionedServiceTest(World world) {
        this.world = world;
    }

    @Test
    void noRequestIsLostOnTheWayToAnotherVersionAndBack() throws Exception {
        world.ship(versioned("1.0.0"));
        try (var visitor = world.visitor(SEOUL, "selects")) {
            world.ship(versioned("2.0.0"));
            assertThat(visitor.nextAnswers(20)).containsOnlyKeys("2.0.0");
            assertThat(selector()).isEqualTo("{\"app\":\"selects\",\"version\":\"2.0.0\"}");

            world.type("rollout undo selects --wait --timeout 60s");

            assertThat(visitor.nextAnswers(20)).containsOnlyKeys("1.0.0");
            assertThat(selector()).isEqualTo("{\"app\":\"selects\",\"version\":\"1.0.0\"}");
            assertThat(visitor.errors()).isEmpty();
            assertThat(visitor.fewestReady()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void aCanaryGetsItsShareAndNoRequestIsLost() throws Exception {
        world.ship(versioned("1.0.0"));
        try (var visitor = world.visitor(SEOUL, "selects")) {
            world.apply(versioned("2.0.0").strategy("{canary: {steps: [{setWeight: 50}, {pause: {}}]}}"));
            world.await("selects", SEOUL, "Paused", Map.of("selects", "2/2", "selects-canary", "2/2"));
            assertThat(visitor.nextAnswers(100)).containsOnlyKeys("1.0.0", "2.0.0");
            world.type("rollout promote selects --wait --timeout 60s");
            assertThat(visitor.nextAnswers(20)).containsOnlyKeys("2.0.0");
            assertThat(visitor.errors()).isEmpty();
            assertThat(visitor.fewestReady()).isGreaterThanOrEqualTo(3);
        }
        assertThat(selector()).isEqualTo("{\"app\":\"selects\",\"version\":\"2.0.0\"}");
    }

    /** The pods are replaced by broken ones, of which the Service would find none. */
    @Test
    void noneIsLostWhenItFailsAndIsAborted() throws Exception {
        world.ship(versioned("1.0.0"));
        try (var visitor = world.visitor(SEOUL, "selects")) {
            world.apply(versioned("2.0.0-broken"));
            world.await("selects", SEOUL, "Degraded", Map.of("selects", "4/3"));
            world.type("rollout abort selects --wait --timeout 60s");
            assertThat(visitor.nextAnswers(20)).containsOnlyKeys("1.0.0");
            assertThat(visitor.errors()).isEmpty();
            assertThat(visitor.fewestReady()).isGreaterThanOrEqualTo(3);
        }
    }

    private String selector() throws Exception {
        return world.service("selects", SEOUL).at("/spec/selector").toString();
    }

    private static ReleaseFile versioned(String version) {
        return ReleaseFile.of("selects", version, 3, ROLLING).on("""
                clusters: {names: [%1$s]}
                  overrides:
                    - clusters: {names: [%1$s]}
                      patches:
                        - apiVersion: apps/v1
                          kind: Deployment
                          metadata: {name: selects}
                          spec: {template: {metadata: {labels: {version: "%2$s"}}}}
                        - apiVersion: v1
                          kind: Service
                          metadata: {name: selects}
                          spec: {selector: {version: "%2$s"}}""".formatted(SEOUL, version));
    }
}
