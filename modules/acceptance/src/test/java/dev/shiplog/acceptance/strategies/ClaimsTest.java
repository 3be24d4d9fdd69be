package dev.shiplog.acceptance.strategies;

import static dev.shiplog.acceptance.strategies.World.SEOUL;
import static dev.shiplog.acceptance.strategies.World.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

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
                            + " release, or take it from default/first for good with --force-conflicts; shiplog"
                            + " rollout retry second -n default --force-conflicts goes on in spite of it");
            assertThat(world.objects("second", SEOUL)).isEmpty();
            world.await("second", VIRGINIA, "Healthy", Map.of("second-blue", "1/1"));
            assertThat(visitor.nextAnswers(20)).containsOnlyKeys("1.0.0");
            assertThat(visitor.errors()).isEmpty();
        }
    }

    @Test
    void whoHasLostItsServiceIsToldToWhom() throws Exception {
        world.ship(ReleaseFile.of("loser", "1.0.0", 2, "{rolling: {}}"));
        var taker = ReleaseFile.of("taker", "2.0.0", 1, "{rolling: {}}")
                .with("{apiVersion: v1, kind: Service, metadata: {name: loser}, spec: {selector: {app: taker},"
                        + " ports: [{port: 80}]}}");
        world.apply(taker);
        world.await("taker", SEOUL, "Degraded", Map.of());

        world.type("rollout retry taker --force-conflicts --wait --timeout 60s");

        world.await("loser", SEOUL, "Degraded", Map.of("loser", "2/2"));
        world.awaitMessage("loser", "Service loser, by which users come, belongs to the application default/taker now");
    }

    /** The second has no Service of its own; the first one's selects its pods too. */
    @Test
    void whoSharesItsServiceWithAnothersPodsIsToldWhose(@TempDir Path folder) throws Exception {
        var first = ReleaseFile.of("host", "1.0.0", 2, "{rolling: {}}");
        world.ship(first);
        Files.writeString(folder.resolve("guest.yaml"), """
                apiVersion: shiplog.dev/v1
                kind: Release
                metadata: {name: guest}
                spec:
                  clusters: {names: [%s]}
                  objects:
                    - apiVersion: apps/v1
                      kind: Deployment
                      metadata: {name: guest}
                      spec:
                        replicas: 2
                        selector: {matchLabels: {app: host, track: guest}}
                        template:
                          metadata: {labels: {app: host, track: guest}}
                          spec: {containers: [{name: hello, image: "kelseyhightower/hello:2.0.0"}]}
                """.formatted(SEOUL));
        world.type("apply -f " + folder.resolve("guest.yaml") + " --wait --timeout 60s");

        world.await("host", SEOUL, "Degraded", Map.of("host", "2/2"));
        assertThat(world.run("rollout status host --timeout 60s").out())
                .contains(
                        "2 of the 4 pods behind Service host, which selects app=host, are of deployment \"guest\" of the"
                                + " application default/guest: users of host get those too");
        assertThat(world.run("rollout status host --timeout 60s").exitCode()).isEqualTo(1);
        assertThat(world.phase("guest", SEOUL)).isEqualTo("Healthy");
        world.type("delete app guest --wait --timeout 60s");
        world.await("host", SEOUL, "Healthy", Map.of("host", "2/2"));
    }
}
