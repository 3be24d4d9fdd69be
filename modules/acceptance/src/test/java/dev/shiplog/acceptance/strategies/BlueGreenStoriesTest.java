package dev.shiplog.acceptance.strategies;

import static dev.shiplog.acceptance.strategies.World.SEOUL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows 16 to 19 of the walkthrough, with pods and requests. */
@ExtendWith(Started.class)
class BlueGreenStoriesTest {

    private final World world;

    BlueGreenStoriesTest(World world) {
        this.world = world;
    }

    /** 3, 6, 3 pods. */
    @Test
    void usersSeeTheNewOneAllAtOnceOrNotAtAll() throws Exception {
        var release = ReleaseFile.of("swap", "1.0.0", 3, "{blueGreen: {autoPromotion: manual, scaleDownDelay: 2s}}");
        world.ship(release);
        assertThat(world.pods("swap", SEOUL)).isEqualTo(Map.of("swap-blue", "3/3"));
        try (var visitor = world.visitor(SEOUL, "swap")) {
            world.apply(release.version("2.0.0"));
            world.await("swap", SEOUL, "Paused", Map.of("swap-blue", "3/3", "swap-green", "3/3"));
            assertThat(visitor.afterAnswers(100)).containsOnlyKeys("1.0.0");

            world.command("swap", "\"promote\":{}");
            world.await("swap", SEOUL, "Healthy", Map.of("swap-green", "3/3"));
            visitor.nextAnswers(100);
            assertThat(visitor.order()).containsExactly("1.0.0", "2.0.0");
            assertThat(visitor.errors()).isEmpty();
            assertThat(visitor.fewestReady()).isEqualTo(3);
        }
        assertThat(world.objects("swap", SEOUL))
                .isEqualTo(Set.of("Deployment/swap-green", "Service/swap", "ConfigMap"));
    }

    @Test
    void theWayBackIsImmediateWhileTheFormerColourIsKept() throws Exception {
        var release = ReleaseFile.of("back", "1.0.0", 3, "{blueGreen: {scaleDownDelay: 10m}}");
        world.ship(release);
        var blue = world.podNames("back-blue", SEOUL);
        var both = Map.of("back-blue", "3/3", "back-green", "3/3");
        try (var visitor = world.visitor(SEOUL, "back")) {
            world.ship(release.version("2.0.0"));
            world.await("back", SEOUL, "Healthy", both);
            visitor.nextAnswers(20);
            world.type("rollout undo back --wait --timeout 60s");
            visitor.nextAnswers(20);
            assertThat(visitor.order()).containsExactly("1.0.0", "2.0.0", "1.0.0");
            assertThat(world.podNames("back-blue", SEOUL)).isEqualTo(blue);
            assertThat(visitor.errors()).isEmpty();
            assertThat(visitor.fewestReady()).isEqualTo(3);
        }
    }

    @Test
    void coloursAlternateAndLeaveNothingBehind() throws Exception {
        var release = ReleaseFile.of("turns", "1.0.0", 3, "{blueGreen: {scaleDownDelay: 1s}}");
        world.ship(release);
        try (var visitor = world.visitor(SEOUL, "turns")) {
            world.ship(release.version("2.0.0"));
            world.await("turns", SEOUL, "Healthy", Map.of("turns-green", "3/3"));
            world.ship(release.version("3.0.0"));
            world.await("turns", SEOUL, "Healthy", Map.of("turns-blue", "3/3"));
            world.type("rollout undo turns --wait --timeout 60s");
            world.await("turns", SEOUL, "Healthy", Map.of("turns-green", "3/3"));
            visitor.nextAnswers(20);
            assertThat(visitor.order()).containsExactly("1.0.0", "2.0.0", "3.0.0", "2.0.0");
            assertThat(visitor.errors()).isEmpty();
            assertThat(visitor.fewestReady()).isEqualTo(3);
        }
        assertThat(world.objects("turns", SEOUL))
                .isEqualTo(Set.of("Deployment/turns-green", "Service/turns", "ConfigMap"));
    }

    @Test
    void aBadOneIsNeverSeenByUsers() throws Exception {
        var release = ReleaseFile.of("dark", "1.0.0", 3, "{blueGreen: {}}");
        world.ship(release);
        try (var visitor = world.visitor(SEOUL, "dark")) {
            world.apply(release.version("broken"));
            world.await("dark", SEOUL, "Degraded", Map.of("dark-blue", "3/3", "dark-green", "3/0"));
            world.command("dark", "\"abort\":{}");
            world.await("dark", SEOUL, "Degraded", Map.of("dark-blue", "3/3"));
            assertThat(visitor.afterAnswers(50)).containsOnlyKeys("1.0.0");
            assertThat(visitor.errors()).isEmpty();
            assertThat(visitor.fewestReady()).isEqualTo(3);
        }
        assertThat(world.objects("dark", SEOUL)).isEqualTo(Set.of("Deployment/dark-blue", "Service/dark", "ConfigMap"));
    }
}
