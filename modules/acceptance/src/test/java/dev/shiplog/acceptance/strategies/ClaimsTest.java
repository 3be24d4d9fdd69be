package dev.shiplog.acceptance.strategies;

import static dev.shiplog.acceptance.strategies.World.SEOUL;
import static dev.shiplog.acceptance.strategies.World.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two applications whose releases have the same Service. */
@ExtendWith(Started.class)
class ClaimsTest {

    private final World world;

    ClaimsTest(World world) {
        this.world = world;
    }

    @Test
    void theSecondIsToldWhoseItIsAndWhereAndNothingOfItIsMade() throws Exception {
        world.ship(ReleaseFile.of("first", "1.0.0", 2, "{rolling: {}}"));
        try (var visitor = world.visitor(SEOUL, "first")) {
            world.apply(ReleaseFile.of("second", "2.0.0", 1, "{blueGreen: {activeService: first}}")
                    .with("{apiVersion: v1, kind: Service, metadata: {name: first}, spec: {selector: {app: second},"
                            + " ports: [{port: 80}]}}")
                    .on("clusters: {names: [" + SEOUL + ", " + VIRGINIA + "]}"));

            world.await("second", SEOUL, "Degraded", Map.of());
            assertThat(world.type("get app second -o json"))
                    .contains("Conflict: service \\\"first\\\" in cluster gke-seoul belongs to the application"
                            + " default/first, and default/second can't have it too; give it another name in the"
                            + " release, or take it from default/first for good: shiplog rollout retry second"
                            + " -n default --force-conflicts");
            assertThat(world.objects("second", SEOUL)).isEmpty();
            world.await("second", VIRGINIA, "Healthy", Map.of("second-blue", "1/1"));
            assertThat(visitor.nextAnswers(20)).containsOnlyKeys("1.0.0");
            assertThat(visitor.errors()).isEmpty();
        }
    }
}
