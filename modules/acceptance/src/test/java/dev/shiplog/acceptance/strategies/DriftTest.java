package dev.shiplog.acceptance.strategies;

import static dev.shiplog.acceptance.strategies.World.SEOUL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody has pointed a Service at another colour by hand: it is told, and each command that is told settles it. */
@ExtendWith(Started.class)
class DriftTest {

    private static final String COLOUR = "shiplog.dev/colour";

    private final World world;

    DriftTest(World world) {
        this.world = world;
    }

    @Test
    void whatShiplogMeansIsSetBack() throws Exception {
        onGreen("swayed");
        world.awaitMessage("swayed", "shiplog switch swayed -n default --to green --force-conflicts sets it back");

        world.type("switch swayed --to green --force-conflicts --wait --timeout 60s");

        assertThat(world.colour("swayed", SEOUL)).isEqualTo("green");
        assertThat(world.type("get app swayed")).doesNotContain("somebody else");
        world.type("switch swayed --to blue --wait --timeout 60s");
        assertThat(world.colour("swayed", SEOUL)).isEqualTo("blue");
    }

    @Test
    void whatTheClusterHasIsKept() throws Exception {
        onGreen("swung");
        world.awaitMessage("swung", "shiplog switch swung -n default --to blue --force-conflicts keeps blue");

        world.type("switch swung --to blue --force-conflicts --wait --timeout 60s");

        assertThat(world.colour("swung", SEOUL)).isEqualTo("blue");
        assertThat(world.type("get app swung")).doesNotContain("somebody else");
        world.type("rollout undo swung --wait --timeout 60s");
        assertThat(world.colour("swung", SEOUL)).isEqualTo("green");
    }

    @Test
    void aReleaseThatFailedForItIsTriedAgain() throws Exception {
        var release = onGreen("stuck");
        world.apply(release.version("3.0.0"));
        world.awaitMessage("stuck", "shiplog rollout retry stuck -n default --force-conflicts goes on in spite of it");

        world.type("rollout retry stuck --force-conflicts --wait --timeout 60s");

        world.await("stuck", SEOUL, "Healthy", Map.of("stuck-blue", "2/2", "stuck-green", "2/2"));
        assertThat(world.colour("stuck", SEOUL)).isEqualTo("blue");
    }

    @Test
    void aReleaseThatFailedForItIsGivenUp() throws Exception {
        var release = onGreen("given");
        world.apply(release.version("3.0.0"));
        world.awaitMessage("given", "shiplog rollout abort given -n default --force-conflicts sets it back");

        world.type("rollout abort given --force-conflicts --wait --timeout 60s");

        assertThat(world.colour("given", SEOUL)).isEqualTo("green");
    }

    @Test
    void aReleaseThatWaitsGoesOnWaiting() throws Exception {
        var release = ReleaseFile.of("waits", "1.0.0", 2, "{blueGreen: {autoPromotion: manual}}");
        world.ship(release);
        world.apply(release.version("2.0.0"));
        world.await("waits", SEOUL, "Paused", Map.of("waits-blue", "2/2", "waits-green", "2/2"));
        world.byHand(SEOUL).select("waits", COLOUR, "green");
        world.awaitMessage("waits", "shiplog switch waits -n default --to blue --force-conflicts sets it back");

        world.type("switch waits --to blue --force-conflicts");

        world.await("waits", SEOUL, "Paused", Map.of("waits-blue", "2/2", "waits-green", "2/2"));
        assertThat(world.colour("waits", SEOUL)).isEqualTo("blue");
        assertThat(world.type("get app waits")).doesNotContain("somebody else");

        world.byHand(SEOUL).select("waits", COLOUR, "green");
        world.awaitMessage("waits", "shiplog switch waits -n default --to green --force-conflicts promotes it");
        world.type("switch waits --to green --force-conflicts --wait --timeout 60s");
        assertThat(world.colour("waits", SEOUL)).isEqualTo("green");
    }

    /** 1.0.0 in blue, 2.0.0 in green; then somebody leads users back to blue by hand. */
    private ReleaseFile onGreen(String app) throws Exception {
        var release = ReleaseFile.of(app, "1.0.0", 2, "{blueGreen: {scaleDownDelay: 10m}}");
        world.ship(release);
        world.ship(release.version("2.0.0"));
        world.byHand(SEOUL).select(app, COLOUR, "blue");
        return release;
    }
}
