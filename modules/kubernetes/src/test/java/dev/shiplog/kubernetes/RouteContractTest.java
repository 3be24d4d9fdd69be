package dev.shiplog.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.course.RouteShare;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmApplied;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmDeleted;
import dev.shiplog.domain.rollout.RolloutTask;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the engine may expect of a gateway where an HTTPRoute of somebody else's is to divide an application's requests. */
class RouteContractTest extends GatewayContract {

    private static final String API = "/apis/gateway.networking.k8s.io/v1";
    private static final String ONLY_HELLO = """
            {"backendRefs":[{"name":"hello","port":80}]}""";

    @BeforeEach
    void needsTheGatewayApi() throws Exception {
        Assumptions.assumeTrue(kubectl.get(API).isSuccess(), "the cluster has no Gateway API");
    }

    @Test
    void onlyTheBackendsOfItsServiceAreWritten() throws Exception {
        var before = route("""
                {"matches":[{"path":{"type":"PathPrefix","value":"/search"}}],"backendRefs":[{"name":"search","port":80}]},
                """ + ONLY_HELLO);

        assertThat(weigh(hello, 3, 25)).isEqualTo(new ConfirmApplied(1, 3));

        var now = spec();
        assertThat(backends(now, 1)).isEqualTo("hello-stable 75, hello-canary 25");
        assertThat(now.without("rules")).isEqualTo(before.without("rules"));
        assertThat(now.list("rules").getFirst()).isEqualTo(before.list("rules").getFirst());
        assertThat(note()).contains("{\"generation\":1,\"leg\":3,\"service\":\"hello\"}");

        assertThat(weigh(hello, 4, 60)).isEqualTo(new ConfirmApplied(1, 4));
        assertThat(backends(spec(), 1)).isEqualTo("hello-stable 40, hello-canary 60");

        assertThat(write(hello, 5, share(Optional.empty()))).isEqualTo(new ConfirmApplied(1, 5));
        assertThat(spec()).as("as its owner wrote it").isEqualTo(before);
    }

    @Test
    void theSameOnceMoreWritesNothing() throws Exception {
        route(ONLY_HELLO);
        weigh(hello, 1, 25);
        awaitSeen();
        var version = version(API, "httproutes/public");
        assertThat(weigh(hello, 1, 25)).isEqualTo(new ConfirmApplied(1, 1));
        assertThat(version(API, "httproutes/public")).isEqualTo(version);
    }

    @Test
    void aLateRequestAndAnOutrunOwnerChangeNothing() throws Exception {
        var before = route(ONLY_HELLO);
        weigh(hello.generation(2), 1, 25);
        write(hello.generation(2), 4, new RouteShare(key(), Optional.empty(), Optional.empty()));
        assertThat(spec()).isEqualTo(before);
        // A gateway of another node, which does not know what was asked of this one.
        var others = new Sightings();
        try (var other = gateways.open("eu-1", others)) {
            others.await(dev.shiplog.engine.cluster.Sighting.Reached.class::isInstance);
            var late = task(hello.generation(2), 3, share(Optional.of(50)), Directions.NONE, List.of());
            assertThat(trouble(answer(consumer -> other.apply(late, consumer))).kind())
                    .isEqualTo(Kind.LATE);
        }
        try (var other = gateways.open("eu-1", others)) {
            others.await(dev.shiplog.engine.cluster.Sighting.Reached.class::isInstance);
            var outrun = task(hello.generation(1), 9, share(Optional.of(50)), Directions.NONE, List.of());
            assertThat(trouble(answer(consumer -> other.apply(outrun, consumer)))
                            .kind())
                    .isIn(Kind.OUTRUN, Kind.UNREACHABLE);
        }
        assertThat(spec()).isEqualTo(before);
    }

    @Test
    void whatIsLeftOverOfItIsTakenOutAndTheRouteStays() throws Exception {
        var before = route(ONLY_HELLO);
        weigh(hello, 1, 25);
        var task = new RolloutTask.Delete(hello.application(), "eu-1", 1, 2, Set.of(key()));
        assertThat(answer(consumer -> gateway.delete(task, consumer))).isInstanceOf(ConfirmDeleted.class);
        assertThat(spec()).isEqualTo(before);
    }

    @Test
    void twoApplicationsMayShareARoute() throws Exception {
        var before = route(ONLY_HELLO + """
                ,{"backendRefs":[{"name":"search","port":80}]}""");
        weigh(hello, 7, 25);
        var search = new Hello(new ApplicationName(hello.application().namespace(), "search"), 1, "search:1", 1, false);
        write(search, 2, new RouteShare(key(), Optional.of("search"), Optional.of(10)));
        assertThat(backends(spec(), 0)).isEqualTo("hello-stable 75, hello-canary 25");
        assertThat(backends(spec(), 1)).isEqualTo("search-stable 90, search-canary 10");
        write(search, 3, new RouteShare(key(), Optional.of("search"), Optional.empty()));
        write(hello, 8, share(Optional.empty()));
        assertThat(spec()).isEqualTo(before);
    }

    // ---- refused before anything is created

    @Test
    void aRouteThatIsNotThere() throws Exception {
        var trouble = trouble(weigh(hello, 0, 25));
        assertThat(trouble.kind()).isEqualTo(Kind.INVALID);
        assertThat(trouble.detail())
                .isEqualTo("cluster eu-1 has no httproute \"public\" in namespace \""
                        + hello.application().namespace()
                        + "\"; create it with service \"hello\" among its backendRefs, or add it to spec.objects");
        assertNothingIsCreated();
    }

    @Test
    void aRouteWithoutARuleForTheService() throws Exception {
        route("""
                {"backendRefs":[{"name":"hello-world","port":80}]}""");
        var trouble = trouble(weigh(hello, 0, 25));
        assertThat(trouble.kind()).isEqualTo(Kind.INVALID);
        assertThat(trouble.detail())
                .isEqualTo("httproute \"public\" in cluster eu-1 has no rule with service \"hello\" among its"
                        + " backendRefs, whose requests it is to divide; add it there");
        assertNothingIsCreated();
    }

    /** It divides nothing yet, but the next one will. */
    @Test
    void aFirstReleaseWithoutTheRouteThatItsCanariesNeed() throws Exception {
        assertThat(trouble(answer(consumer -> gateway.apply(first(), consumer))).detail())
                .startsWith("cluster eu-1 has no httproute \"public\" in namespace");
        route("""
                {"backendRefs":[{"name":"hello-world","port":80}]}""");
        assertThat(trouble(answer(consumer -> gateway.apply(first(), consumer))).detail())
                .contains("has no rule with service \"hello\" among its backendRefs");
        assertNothingIsCreated();
    }

    @Test
    void aFirstReleaseLeavesTheRouteAlone() throws Exception {
        var before = route(ONLY_HELLO);
        assertThat(answer(consumer -> gateway.apply(first(), consumer))).isEqualTo(new ConfirmApplied(1, 0));
        assertThat(spec()).isEqualTo(before);
        assertThat(note()).isEmpty();
    }

    @Test
    void anAbortNeedsNoRoute() throws Exception {
        var task = task(hello, 0, share(Optional.empty()), Directions.NONE.abort(), List.of(hello.service()));
        assertThat(answer(consumer -> gateway.apply(task, consumer))).isEqualTo(new ConfirmApplied(1, 0));
    }

    private void assertNothingIsCreated() throws Exception {
        var path = "/api/v1/namespaces/" + hello.application().namespace() + "/services/hello";
        assertThat(kubectl.get(path).code()).isEqualTo(404);
    }

    // ---- the route

    private Json.Obj route(String rules) throws Exception {
        var path = API + "/namespaces/" + hello.application().namespace() + "/httproutes/public";
        var written = kubectl.apply(path, "fieldManager=by-hand", json("""
                {"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{"name":"public"},
                 "spec":{"parentRefs":[{"name":"outside"}],"hostnames":["hello.example"],"rules":[%s]}}""".formatted(rules)));
        assertThat(written.isSuccess()).isTrue();
        return spec();
    }

    private Json.Obj spec() throws Exception {
        return get(API, "httproutes/public").object("spec");
    }

    private Optional<String> note() throws Exception {
        return get(API, "httproutes/public")
                .object("metadata")
                .object("annotations")
                .text("route.shiplog.dev/hello");
    }

    /** The gateway's word about the present generation is the last change for now. */
    private void awaitSeen() throws Exception {
        long deadline = System.nanoTime() + 20_000_000_000L;
        var before = "";
        for (var now = version(API, "httproutes/public");
                !now.equals(before);
                now = version(API, "httproutes/public")) {
            before = now;
            assertThat(System.nanoTime()).isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
        }
    }

    private static String backends(Json.Obj spec, int rule) {
        return ((Json.Obj) spec.list("rules").get(rule))
                .list("backendRefs").stream()
                        .map(Json.Obj.class::cast)
                        .map(backend -> backend.text("name").orElse("") + " "
                                + backend.number("weight").orElse(-1))
                        .collect(Collectors.joining(", "));
    }

    private ObjectKey key() {
        return new ObjectKey(
                "gateway.networking.k8s.io/v1", "HTTPRoute", hello.application().namespace(), "public");
    }

    // ---- what is asked

    private RouteShare share(Optional<Integer> weight) {
        return new RouteShare(key(), Optional.of("hello"), weight);
    }

    private RolloutCommand weigh(Hello wanted, int leg, int weight) throws Exception {
        return write(wanted, leg, share(Optional.of(weight)));
    }

    private RolloutCommand write(Hello wanted, int leg, RouteShare share) throws Exception {
        boolean isHello = wanted.application().name().equals("hello");
        List<KubernetesObject> objects = isHello
                ? List.of(wanted.service().withAnnotations(Map.of("shiplog.dev/leg", Integer.toString(leg))))
                : List.of();
        return answer(consumer -> gateway.apply(task(wanted, leg, share, Directions.NONE, objects), consumer));
    }

    private static RolloutTask.Apply task(
            Hello wanted, int leg, RouteShare share, Directions directions, List<KubernetesObject> objects) {
        var assignment = new Assignment(
                wanted.application(),
                "eu-1",
                wanted.generation(),
                wanted.generation(),
                objects,
                Strategy.AS_WRITTEN,
                directions,
                false,
                false,
                false,
                "test");
        return new RolloutTask.Apply(
                assignment, leg, objects, Strategy.CapacityCheck.OFF, List.of(), List.of(share), List.of());
    }

    /** Without a share in the route yet. */
    private RolloutTask.Apply first() {
        var task = task(hello, 0, share(Optional.empty()), Directions.NONE, List.of(hello.service()));
        return new RolloutTask.Apply(
                task.assignment(), 0, task.objects(), task.capacity(), List.of(), List.of(), task.routes());
    }
}
