package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.labelled;
import static dev.shiplog.domain.Samples.list;
import static dev.shiplog.domain.Samples.obj;
import static dev.shiplog.domain.Samples.selecting;
import static dev.shiplog.domain.Samples.service;
import static dev.shiplog.domain.application.StrategyStories.HALF;
import static dev.shiplog.domain.application.StrategyStories.accepted;
import static dev.shiplog.domain.application.StrategyStories.refused;

import dev.shiplog.domain.Canaries;
import dev.shiplog.domain.release.KubernetesObject;
import org.junit.jupiter.api.Test;

/** What is wrong with the route that is to divide a canary's requests is told where it is written. */
class RoutingInputTest {

    @Test
    void aRouteDividesRequestsOrClientsAreKept() {
        refused(
                Canaries.routed(Canaries.binding(Canaries.of(HALF)), "public"),
                "spec.strategy.canary.sessionAffinity",
                "keeps clients on a version, trafficRouting divides requests whoever sends them; leave one out");
    }

    @Test
    void aRouteHasAName() {
        refused(
                Canaries.routed(Canaries.of(HALF), " "),
                "spec.strategy.canary.trafficRouting.gatewayAPI.httpRoute",
                "the name of an HTTPRoute is needed");
    }

    @Test
    void aRouteFindsThePodsByTheirTrackAndAService() {
        var routed = Canaries.routed(Canaries.of(HALF), "public");
        refused(
                routed,
                "spec.strategy.canary.trafficRouting",
                "the pods of Deployment \"hello\" need the label track: stable (spec.template.metadata.labels), by which"
                        + " requests find them beside a canary");
        refused(
                routed,
                "spec.strategy.canary.trafficRouting",
                "no Service of the release selects the pods of Deployment \"hello\", so no HTTPRoute can send them"
                        + " requests; add one to spec.objects",
                stable());
        refused(
                routed,
                "spec.strategy.canary.trafficRouting",
                "the release has a Service \"hello-stable\" itself; Shiplog makes that one",
                stable(),
                service("hello"),
                service("hello-stable"));
        accepted(routed, stable(), service("hello"));
    }

    @Test
    void aServiceOfARouteLeavesRoomForTheNamesOfItsSides() {
        var routed = Canaries.routed(Canaries.of(HALF), "public");
        var longest = selecting(service("s".repeat(56)), "app", "hello");
        var longer = selecting(service("s".repeat(57)), "app", "hello");
        accepted(routed, stable(), longest);
        refused(
                routed,
                "spec.strategy.canary.trafficRouting",
                "the name of Service \"" + longer.name()
                        + "\" has more than 56 characters, which leaves no room for that of"
                        + " its stable pods; use a shorter one",
                stable(),
                longer);
    }

    @Test
    void aRouteOfTheReleaseLeadsToTheService() {
        var routed = Canaries.routed(Canaries.of(HALF), "public");
        accepted(routed, stable(), service("hello"), route("public", "hello"), route("other", "elsewhere"));
        refused(
                routed,
                "spec.strategy.canary.trafficRouting.gatewayAPI.httpRoute",
                "HTTPRoute \"public\" of the release has no rule with Service \"hello\" among its backendRefs; add it there",
                stable(),
                service("hello"),
                route("public", "elsewhere"));
    }

    private static KubernetesObject stable() {
        return labelled(deployment("hello", "hello:1.0.0", 3), "track", "stable");
    }

    private static KubernetesObject route(String name, String service) {
        return new KubernetesObject(obj(
                "apiVersion",
                "gateway.networking.k8s.io/v1",
                "kind",
                "HTTPRoute",
                "metadata",
                obj("name", name),
                "spec",
                obj("rules", list(obj("backendRefs", list(obj("name", service, "port", 80)))))));
    }
}
