package dev.shiplog.acceptance.strategies;

import static dev.shiplog.acceptance.strategies.World.BUSAN;
import static dev.shiplog.acceptance.strategies.World.SEOUL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Canaries whose requests an HTTPRoute divides: users come by the route all the time. */
@ExtendWith(Started.class)
class RoutedStoriesTest {

    private static final String STRATEGY = "{canary: {trafficRouting: {gatewayAPI: {httpRoute: %s}}, steps: "
            + "[{setWeight: 10}, {pause: {}}, {setWeight: 50}, {pause: {}}]}}";

    /** Below the chance of one in ten thousand if requests were thrown by dice. */
    private static final double DEVIATIONS = 4;

    private final World world;

    RoutedStoriesTest(World world) {
        this.world = world;
    }

    /** Of four pods and one canary's, one in ten requests is the canary's, and not one in five. */
    @Test
    void weightsAreExactAndARouteOfSomebodyElsesIsAsItWasInTheEnd() throws Exception {
        var release = ReleaseFile.of("routed", "1.0.0", 4, STRATEGY.formatted("by-hand"));
        world.byHand(SEOUL).route("by-hand", "routed");
        world.ship(release);
        try (var visitor = world.visitor(SEOUL, "routed", "by-hand")) {
            world.apply(release.version("2.0.0"));
            world.await("routed", SEOUL, "Paused", Map.of("routed", "4/4", "routed-canary", "1/1"));
            assertThat(world.byHand(SEOUL).backends("by-hand")).isEqualTo("routed-stable 90, routed-canary 10");
            assertShare(visitor.nextAnswers(600), 10);
            assertThat(world.type("get app routed")).contains("actual 10% of requests, wanted 10%");

            world.command("routed", "\"promote\":{}");
            world.await("routed", SEOUL, "Paused", Map.of("routed", "2/2", "routed-canary", "2/2"));
            assertThat(world.byHand(SEOUL).backends("by-hand")).isEqualTo("routed-stable 50, routed-canary 50");
            assertShare(visitor.nextAnswers(300), 50);

            world.command("routed", "\"promote\":{}");
            world.await("routed", SEOUL, "Healthy", Map.of("routed", "4/4"));
            assertThat(world.byHand(SEOUL).backends("by-hand")).isEqualTo("routed 1");
            assertThat(visitor.nextAnswers(100)).containsOnlyKeys("2.0.0");
            assertThat(visitor.errors()).isEmpty();
            assertThat(visitor.fewestReady()).isGreaterThanOrEqualTo(3);
        }
        assertThat(world.objects("routed", SEOUL))
                .isEqualTo(Set.of("Deployment/routed", "Service/routed", "ConfigMap"));
    }

    @Test
    void anAbortPutsARouteOfTheReleaseBack() throws Exception {
        var release = ReleaseFile.of("own", "1.0.0", 4, STRATEGY.formatted("own-route"))
                .with("{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: own-route},"
                        + " spec: {parentRefs: [{name: outside}], rules: [{backendRefs: [{name: own, port: 80}]}]}}");
        world.ship(release);
        try (var visitor = world.visitor(SEOUL, "own", "own-route")) {
            world.apply(release.version("2.0.0"));
            world.await("own", SEOUL, "Paused", Map.of("own", "4/4", "own-canary", "1/1"));
            assertThat(world.byHand(SEOUL).backends("own-route")).isEqualTo("own-stable 90, own-canary 10");
            assertShare(visitor.nextAnswers(600), 10);

            world.command("own", "\"abort\":{}");
            world.await("own", SEOUL, "Degraded", Map.of("own", "4/4"));
            assertThat(world.byHand(SEOUL).backends("own-route")).isEqualTo("own 1");
            assertThat(visitor.nextAnswers(100)).containsOnlyKeys("1.0.0");
            assertThat(visitor.errors()).isEmpty();
            assertThat(visitor.fewestReady()).isGreaterThanOrEqualTo(4);
        }
        assertThat(world.objects("own", SEOUL)).isEqualTo(Set.of("Deployment/own", "Service/own", "ConfigMap"));
    }

    /** A scale, a release of another strategy, and the end of the application, each in the middle. */
    @Test
    void whateverInterruptsItNoRequestIsLost() throws Exception {
        var release = ReleaseFile.of("turned", "1.0.0", 4, STRATEGY.formatted("turned-route"));
        world.byHand(SEOUL).route("turned-route", "turned");
        world.ship(release);
        try (var visitor = world.visitor(SEOUL, "turned", "turned-route")) {
            world.apply(release.version("2.0.0"));
            world.await("turned", SEOUL, "Paused", Map.of("turned", "4/4", "turned-canary", "1/1"));
            world.type("scale turned --replicas 8");
            world.await("turned", SEOUL, "Paused", Map.of("turned", "9/9", "turned-canary", "1/1"));
            assertThat(world.byHand(SEOUL).backends("turned-route")).isEqualTo("turned-stable 90, turned-canary 10");

            world.ship(release.version("3.0.0").strategy("{rolling: {}}"));
            assertThat(world.byHand(SEOUL).backends("turned-route")).isEqualTo("turned 1");
            assertThat(visitor.nextAnswers(100)).containsOnlyKeys("3.0.0");
            assertThat(visitor.errors()).isEmpty();
        }
        world.apply(release.version("4.0.0"));
        world.awaitBackends("turned-route", SEOUL, "turned-stable 90, turned-canary 10");
        world.type("delete app turned --wait --timeout 60s");
        assertThat(world.byHand(SEOUL).backends("turned-route"))
                .as("as its owner wrote it")
                .isEqualTo("turned 1");
    }

    @Test
    void aClusterWithoutTheGatewayApiIsToldAboutAndNothingIsCreatedThere() throws Exception {
        var both = "clusters: {names: [" + SEOUL + ", " + BUSAN + "]}";
        var release = ReleaseFile.of("nowhere", "1.0.0", 3, STRATEGY.formatted("somewhere"))
                .on(both);
        world.ship(release.strategy("{rolling: {}}"));
        world.byHand(SEOUL).route("somewhere", "nowhere");
        var before = world.objects("nowhere", BUSAN);

        world.apply(release.version("2.0.0"));

        world.await("nowhere", BUSAN, "Degraded", Map.of("nowhere", "3/3"));
        world.await("nowhere", SEOUL, "Paused", Map.of("nowhere", "3/3", "nowhere-canary", "1/1"));
        assertThat(world.type("get app nowhere -o json"))
                .contains("cluster onprem-busan has no Gateway API (gateway.networking.k8s.io/v1)");
        assertThat(world.objects("nowhere", BUSAN)).isEqualTo(before);
    }

    /** A first release goes straight, but is told what the next one, a canary, will need. */
    @Test
    void aFirstReleaseIsCheckedBeforeAnythingOfItIsCreated() throws Exception {
        var release = ReleaseFile.of("early", "1.0.0", 3, STRATEGY.formatted("early-route"));

        var said = world.run("apply -f " + release.in(world.folder()) + " --wait --timeout 60s");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out() + said.err())
                .contains("cluster gke-seoul has no httproute \"early-route\" in namespace \"default\"; create it with"
                        + " service \"early\" among its backendRefs, or add it to spec.objects");
        assertThat(world.objects("early", SEOUL)).isEmpty();

        world.byHand(SEOUL).route("early-route", "early");
        world.type("rollout retry early --wait --timeout 60s");
        assertThat(world.byHand(SEOUL).backends("early-route")).isEqualTo("early 1");
    }

    @Test
    void aFirstReleaseWhereThereIsNoGatewayApi() throws Exception {
        var release = ReleaseFile.of("nogateway", "1.0.0", 3, STRATEGY.formatted("any-route"))
                .on("clusters: {names: [" + BUSAN + "]}");
        var said = world.run("apply -f " + release.in(world.folder()) + " --wait --timeout 60s");
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out() + said.err())
                .contains("cluster onprem-busan has no Gateway API (gateway.networking.k8s.io/v1)");
        assertThat(world.objects("nogateway", BUSAN)).isEmpty();
    }

    private static void assertShare(Map<String, Integer> answers, int percent) {
        int all = answers.values().stream().mapToInt(Integer::intValue).sum();
        double expected = all * percent / 100.0;
        double bound = DEVIATIONS * Math.sqrt(all * percent / 100.0 * (1 - percent / 100.0));
        assertThat((double) answers.getOrDefault("2.0.0", 0))
                .as("%d%% of %s", percent, answers)
                .isBetween(expected - bound, expected + bound);
    }
}
