package dev.shiplog.acceptance.strategies;

import static dev.shiplog.acceptance.strategies.World.SEOUL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is read at night of a canary that went wrong: history, status and commands say the same. */
@ExtendWith(Started.class)
class WordsAtThreeTest {

    private static final String CANARY = "{canary: {steps: [{setWeight: 25}, {pause: {}}]}}";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments/";

    private final World world;

    WordsAtThreeTest(World world) {
        this.world = world;
    }

    @Test
    void whatFailedAndWasAbortedHasFailed() throws Exception {
        var release = ReleaseFile.of("lost", "1.0.0", 4, CANARY);
        world.ship(release);
        world.apply(release.version("broken"));
        world.await("lost", SEOUL, "Degraded", Map.of("lost", "4/4", "lost-canary", "1/0"));

        world.type("rollout abort lost --wait --timeout 60s");

        assertThat(world.type("get app lost")).contains("revision 2 failed and was aborted; revision 1 serves");
        assertThat(world.type("rollout history lost").lines())
                .anySatisfy(line -> assertThat(line).contains("release broken", "Failed"));
    }

    @Test
    void anAbortThatAFinalizerHoldsUpSaysWhose() throws Exception {
        waiting("held");
        world.byHand(SEOUL)
                .patch(DEPLOYMENTS + "held-canary", "{\"metadata\":{\"finalizers\":[\"example.com/audit\"]}}");

        world.type("rollout abort held");

        world.awaitMessage(
                "held",
                "deployment \\\"held-canary\\\" in cluster gke-seoul is marked as deleted but held by its finalizers"
                        + " [example.com/audit]");
        world.byHand(SEOUL).patch(DEPLOYMENTS + "held-canary", "{\"metadata\":{\"finalizers\":null}}");
        world.await("held", SEOUL, "Degraded", Map.of("held", "4/4"));
    }

    @Test
    void aPromotionThatAFieldOfSomebodyElseStandsInTheWayOfSaysWhatServes() throws Exception {
        waiting("block");
        world.byHand(SEOUL).patch(DEPLOYMENTS + "block", """
                {"spec":{"template":{"spec":{"containers":[{"name":"hello","image":"kelseyhightower/hello:9.0.0",
                 "envFrom":[{"configMapRef":{"name":"none","optional":true}}]}]}}}}""");

        world.type("rollout promote block");

        world.awaitMessage(
                "block",
                "runs image kelseyhightower/hello:9.0.0, which revision 1 has not, beside the canary; shiplog rollout"
                        + " abort block -n default --force-conflicts takes the canary away and goes back to revision 1,"
                        + " shiplog rollout retry block -n default --force-conflicts goes on in spite of it");
        world.type("rollout abort block --force-conflicts --wait --timeout 60s");
        world.await("block", SEOUL, "Degraded", Map.of("block", "4/4"));
    }

    @Test
    void aCanaryWithoutAServiceTellsItsShareOfPods() throws Exception {
        var release = ReleaseFile.of("worker", "1.0.0", 4, CANARY).withoutService();
        world.ship(release);
        world.apply(release.version("2.0.0"));

        world.await("worker", SEOUL, "Paused", Map.of("worker", "3/3", "worker-canary", "1/1"));

        assertThat(world.type("get app worker")).contains("actual 25% of pods, wanted 25%");
    }

    @Test
    void aScaleThatLeavesNoRoomForTheCanaryIsRefused() throws Exception {
        var careful = "{canary: {maxSurge: 0, steps: [{setWeight: 50}, {pause: {}}]}}";
        var release = ReleaseFile.of("narrow", "1.0.0", 2, careful);
        world.ship(release);
        world.apply(release.version("2.0.0"));
        world.await("narrow", SEOUL, "Paused", Map.of("narrow", "1/1", "narrow-canary", "1/1"));

        var said = world.run("scale narrow --replicas 1");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err())
                .contains("with maxSurge 0 a single pod has none beside it, so there would be no canary; scale to 2 or"
                        + " more, or first shiplog rollout promote narrow -n default --full, or shiplog rollout abort");
        world.type("rollout promote narrow --full --wait --timeout 60s");
        world.type("scale narrow --replicas 1 --wait --timeout 60s");
    }

    private void waiting(String app) throws Exception {
        var release = ReleaseFile.of(app, "1.0.0", 4, CANARY);
        world.ship(release);
        world.apply(release.version("2.0.0"));
        world.await(app, SEOUL, "Paused", Map.of(app, "3/3", app + "-canary", "1/1"));
    }
}
