package dev.shiplog.domain.course;

import static dev.shiplog.domain.Samples.list;
import static dev.shiplog.domain.Samples.obj;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.json.Json;
import org.junit.jupiter.api.Test;

/** An HTTPRoute's backends, divided and whole again. */
class BackendsTest {

    private static final Json.Obj PLAIN = route(rule(to("hello", 1)));

    @Test
    void theServiceBecomesTwoWithTheWeights() {
        assertThat(Backends.divided(PLAIN, "hello", 25))
                .isEqualTo(route(rule(to("hello-stable", 75), to("hello-canary", 25))));
    }

    @Test
    void anotherWeightTakesThePlaceOfTheOneBefore() {
        var once = Backends.divided(PLAIN, "hello", 25);
        assertThat(Backends.divided(once, "hello", 25)).isEqualTo(once);
        assertThat(Backends.divided(once, "hello", 60)).isEqualTo(Backends.divided(PLAIN, "hello", 60));
    }

    @Test
    void theWayBackLeadsToWhatWasThere() {
        for (int weight : new int[] {0, 1, 25, 50, 99, 100}) {
            assertThat(Backends.whole(Backends.divided(PLAIN, "hello", weight), "hello"))
                    .isEqualTo(PLAIN);
        }
        assertThat(Backends.whole(PLAIN, "hello")).isEqualTo(PLAIN);
    }

    /** Of what the rule's Service gets, a quarter; the others keep what they have. */
    @Test
    void otherBackendsOfTheRuleKeepTheirShare() {
        var shared = route(rule(to("search", 1), to("hello", 3)));
        var divided = Backends.divided(shared, "hello", 25);
        assertThat(divided).isEqualTo(route(rule(to("search", 100), to("hello-stable", 225), to("hello-canary", 75))));
        assertThat(Backends.whole(divided, "hello")).isEqualTo(shared);
    }

    @Test
    void otherRulesAndWhatElseIsInOneStay() {
        var rule = obj(
                "matches",
                list(obj("path", "/hello")),
                "backendRefs",
                list(to("hello", 1).with("port", Json.number(80))));
        var other = rule(to("search", 7), to("hello-world", 2));
        var divided = Backends.divided(route(other, rule), "hello", 10);
        assertThat(divided)
                .isEqualTo(route(
                        other,
                        rule.with(
                                "backendRefs",
                                list(
                                        to("hello-stable", 90).with("port", Json.number(80)),
                                        to("hello-canary", 10).with("port", Json.number(80))))));
        assertThat(Backends.whole(divided, "hello")).isEqualTo(route(other, rule));
    }

    /** A Service of the same name elsewhere, or something that is no Service. */
    @Test
    void onlyTheServiceItselfIsMeant() {
        var elsewhere = route(
                rule(to("hello", 1).with("namespace", Json.text("other"))),
                rule(to("hello", 1)
                        .with("kind", Json.text("ServiceImport"))
                        .with("group", Json.text("multicluster.x-k8s.io"))),
                rule(to("hello", 0)));
        assertThat(Backends.has(elsewhere, "hello")).isFalse();
        assertThat(Backends.has(PLAIN, "hello")).isTrue();
        assertThat(Backends.has(Backends.divided(PLAIN, "hello", 100), "hello")).isTrue();
        assertThat(Backends.has(
                        route(rule(to("hello", 1)
                                .with("kind", Json.text("Service"))
                                .with("group", Json.text("")))),
                        "hello"))
                .isTrue();
    }

    @Test
    void whatSomebodyHasPutBackByHandStays() {
        var halfBack = route(rule(to("hello-canary", 25)), rule(to("hello", 1)));
        assertThat(Backends.whole(halfBack, "hello")).isEqualTo(route(rule(to("hello", 1)), rule(to("hello", 1))));
    }

    private static Json.Obj route(Json.Obj... rules) {
        return obj("metadata", obj("namespace", "default"), "spec", obj("rules", list((Object[]) rules)));
    }

    private static Json.Obj rule(Json.Obj... backends) {
        return obj("backendRefs", list((Object[]) backends));
    }

    private static Json.Obj to(String service, int weight) {
        return obj("name", service, "weight", weight);
    }
}
