package dev.shiplog.acceptance.strategies;

import static dev.shiplog.acceptance.strategies.World.SEOUL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows 13 to 15 of the walkthrough, with pods and requests. */
@ExtendWith(Started.class)
class CanaryStoriesTest {

    private static final String CANARY =
            "{canary: {steps: [{setWeight: 25}, {pause: {}}, {setWeight: 50}, {pause: {}}]}}";

    private final World world;

    CanaryStoriesTest(World world) {
        this.world = world;
    }

    @Test
    void stepByStepToAllRequests() throws Exception {
        var release = ReleaseFile.of("steps", "1.0.0", 4, CANARY);
        world.ship(release);
        try (var visitor = world.visitor(SEOUL, "steps")) {
            world.apply(release.version("2.0.0"));
            world.await("steps", SEOUL, "Paused", Map.of("steps", "3/3", "steps-canary", "1/1"));
            assertThat(visitor.nextAnswers(300).get("2.0.0")).isBetween(30, 130);

            world.command("steps", "\"promote\":{}");
            world.await("steps", SEOUL, "Paused", Map.of("steps", "2/2", "steps-canary", "2/2"));
            assertThat(visitor.nextAnswers(300).get("2.0.0")).isBetween(90, 210);

            world.command("steps", "\"promote\":{}");
            world.await("steps", SEOUL, "Healthy", Map.of("steps", "4/4"));
            assertThat(visitor.nextAnswers(100)).containsOnlyKeys("2.0.0");
            assertThat(visitor.errors()).isEmpty();
            assertThat(visitor.fewestReady()).isGreaterThanOrEqualTo(3);
        }
        assertThat(world.objects("steps", SEOUL)).isEqualTo(Set.of("Deployment/steps", "Service/steps", "ConfigMap"));
    }

    /** Row 14 too: clients stay where they are for as long as there is a canary, and no longer. */
    @Test
    void anAbortTakesItAway() throws Exception {
        var release = ReleaseFile.of(
                "turn", "1.0.0", 4, CANARY.replace("{steps", "{sessionAffinity: {type: ClientIP}, steps"));
        world.ship(release);
        var stable = world.podNames("turn", SEOUL);
        try (var visitor = world.visitor(SEOUL, "turn")) {
            world.apply(release.version("2.0.0"));
            world.await("turn", SEOUL, "Paused", Map.of("turn", "3/3", "turn-canary", "1/1"));
            assertThat(world.service("turn", SEOUL).at("/spec/sessionAffinity").asString())
                    .isEqualTo("ClientIP");
            assertThat(visitor.nextAnswers(100)).as("one client, one version").hasSize(1);

            world.command("turn", "\"abort\":{}");
            world.await("turn", SEOUL, "Degraded", Map.of("turn", "4/4"));
            assertThat(visitor.nextAnswers(100)).containsOnlyKeys("1.0.0");
            assertThat(world.service("turn", SEOUL).at("/spec/sessionAffinity").asString())
                    .isEqualTo("None");
            assertThat(visitor.errors()).isEmpty();
            assertThat(visitor.fewestReady()).isGreaterThanOrEqualTo(3);
        }
        assertThat(world.podNames("turn", SEOUL))
                .as("those that stayed")
                .filteredOn(stable::contains)
                .hasSize(3);
        assertThat(world.objects("turn", SEOUL)).isEqualTo(Set.of("Deployment/turn", "Service/turn", "ConfigMap"));
    }

    @Test
    void aBadOneAndAnotherBadOneLeaveTheGoodOneUntouched() throws Exception {
        var release = ReleaseFile.of("bad", "1.0.0", 4, CANARY);
        world.ship(release);
        var stable = world.podNames("bad", SEOUL);
        var degraded = Map.of("bad", "4/4", "bad-canary", "1/0");
        try (var visitor = world.visitor(SEOUL, "bad")) {
            world.apply(release.version("broken"));
            world.await("bad", SEOUL, "Degraded", degraded);
            world.apply(release.version("broken-again"));
            world.await("bad", SEOUL, "Degraded", degraded);
            assertThat(world.podNames("bad", SEOUL)).isEqualTo(stable);

            world.command("bad", "\"abort\":{}");
            world.await("bad", SEOUL, "Degraded", Map.of("bad", "4/4"));
            assertThat(world.podNames("bad", SEOUL)).isEqualTo(stable);
            assertThat(visitor.afterAnswers(100)).containsOnlyKeys("1.0.0");
            assertThat(visitor.errors()).isEmpty();
            assertThat(visitor.fewestReady()).isEqualTo(4);
        }
        assertThat(world.objects("bad", SEOUL)).isEqualTo(Set.of("Deployment/bad", "Service/bad", "ConfigMap"));
    }

    @Test
    void aScaleWhileItWaitsKeepsTheShare() throws Exception {
        var release = ReleaseFile.of("grow", "1.0.0", 4, CANARY);
        world.ship(release);
        try (var visitor = world.visitor(SEOUL, "grow")) {
            world.apply(release.version("2.0.0"));
            world.await("grow", SEOUL, "Paused", Map.of("grow", "3/3", "grow-canary", "1/1"));
            world.type("scale grow --replicas 8");
            world.await("grow", SEOUL, "Paused", Map.of("grow", "6/6", "grow-canary", "2/2"));
            world.command("grow", "\"promote\":{\"full\":true}");
            world.await("grow", SEOUL, "Healthy", Map.of("grow", "8/8"));
            assertThat(visitor.errors()).isEmpty();
            assertThat(visitor.fewestReady()).isGreaterThanOrEqualTo(3);
        }
    }
}
