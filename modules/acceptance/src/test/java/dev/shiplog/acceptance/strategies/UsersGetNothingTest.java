package dev.shiplog.acceptance.strategies;

import static dev.shiplog.acceptance.strategies.World.SEOUL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody takes the Service away, or leads it to nobody, while a release waits: a pipeline is told by the exit code. */
@ExtendWith(Started.class)
class UsersGetNothingTest {

    private static final String CANARY = "{canary: {steps: [{setWeight: 25}, {pause: {}}]}}";
    private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
    private static final String SERVICES = "/api/v1/namespaces/default/services/";

    private final World world;

    UsersGetNothingTest(World world) {
        this.world = world;
    }

    @Test
    void aCanaryThatWaitsWhileItsServiceIsGone() throws Exception {
        waiting("bereft");
        world.byHand(SEOUL).delete(SERVICES + "bereft");
        world.await("bereft", SEOUL, "Degraded", Map.of("bereft", "3/3", "bereft-canary", "1/1"));

        var said = world.run("rollout status bereft --timeout 60s");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out()).contains("Service bereft, by which users come, is not there any more");
        world.type("rollout promote bereft --wait --timeout 60s");
        assertThat(world.phase("bereft", SEOUL)).isEqualTo("Healthy");
    }

    @Test
    void aCanaryThatWaitsWhileItsServiceSelectsNobody() throws Exception {
        waiting("astray");
        assertThat(world.run("rollout status astray --timeout 60s").exitCode()).isZero();
        world.byHand(SEOUL).select("astray", "app", "nobody");

        world.await("astray", SEOUL, "Degraded", Map.of("astray", "3/3", "astray-canary", "1/1"));

        assertThat(world.run("rollout status astray --timeout 60s").exitCode()).isEqualTo(1);
        assertThat(world.run("rollout status astray --watch=false").exitCode()).isEqualTo(1);
        world.byHand(SEOUL).select("astray", "app", "astray");
        world.await("astray", SEOUL, "Paused", Map.of("astray", "3/3", "astray-canary", "1/1"));
    }

    /** All of green is ready, but a slice of somebody's own keeps a pod of blue behind the Service. */
    @Test
    void aSwitchThatTheEndpointsNeverShowFailsAndSaysWhy() throws Exception {
        var release = ReleaseFile.of("never", "1.0.0", 3, "{blueGreen: {autoPromotion: manual}}");
        world.ship(release);
        world.apply(release.version("2.0.0"));
        world.await("never", SEOUL, "Paused", Map.of("never-blue", "3/3", "never-green", "3/3"));
        world.byHand(SEOUL).create(SLICES, """
                {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","addressType":"IPv4","metadata":{"name":"mine",
                 "labels":{"app.kubernetes.io/name":"never","app.kubernetes.io/managed-by":"shiplog",
                  "kubernetes.io/service-name":"never"}},
                 "endpoints":[{"addresses":["10.0.0.7"],"conditions":{"ready":true},"targetRef":{"kind":"Pod","name":"%s"}}]}
                """.formatted(
                        world.podNames("never-blue", SEOUL).iterator().next()));

        var said = world.run("rollout promote never --wait --timeout 60s");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out() + said.err())
                .contains(
                        "Service \"never\" in cluster gke-seoul has had 3 ready endpoints of Deployment \"never-green\" and"
                                + " 1 of \"never-blue\" for 5 s, though it is to have no others; it selects app: never,"
                                + " shiplog.dev/colour: green; see kubectl get endpointslices -n default -l"
                                + " kubernetes.io/service-name=never, then shiplog rollout retry never -n default, or shiplog"
                                + " rollout abort never -n default");
        world.byHand(SEOUL).delete(SLICES + "/mine");
        world.type("rollout abort never --wait --timeout 60s");
        world.await("never", SEOUL, "Degraded", Map.of("never-blue", "3/3"));
    }

    private void waiting(String app) throws Exception {
        var release = ReleaseFile.of(app, "1.0.0", 4, CANARY);
        world.ship(release);
        world.apply(release.version("2.0.0"));
        world.await(app, SEOUL, "Paused", Map.of(app, "3/3", app + "-canary", "1/1"));
    }
}
