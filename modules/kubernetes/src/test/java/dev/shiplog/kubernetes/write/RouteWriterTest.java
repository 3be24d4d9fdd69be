package dev.shiplog.kubernetes.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.course.RouteShare;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.kubernetes.ScriptedServer;
import dev.shiplog.kubernetes.access.ApiServer;
import dev.shiplog.kubernetes.access.Credentials;
import dev.shiplog.kubernetes.access.Resources;
import dev.shiplog.kubernetes.trouble.TroubleException;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writing into an HTTPRoute where the cluster is slow, has changed, or knows no such thing. */
class RouteWriterTest {

    private static final ObjectKey ROUTE =
            new ObjectKey("gateway.networking.k8s.io/v1", "HTTPRoute", "default", "public");
    private static final String KINDS = """
            {"kind":"APIResourceList","resources":[{"name":"httproutes","kind":"HTTPRoute","namespaced":true}]}""";
    private static final String STALE = """
            {"kind":"Status","code":409,"reason":"Conflict","message":"the object has been modified; please apply your \
            changes to the latest version and try again"}""";

    private Vertx vertx;
    private ScriptedServer server;
    private ApiServer api;
    private RouteWriter routes;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        server = new ScriptedServer(vertx);
        api = new ApiServer(
                "eu-1", server.connection(), Credentials.of(server.connection()), new Vertx5HttpClientFactory(vertx));
        routes = new RouteWriter(api, new Resources(api, List.of()));
    }

    @AfterEach
    void close() {
        api.close();
        server.close();
        vertx.close().await();
    }

    @Test
    void aClusterWithoutTheGatewayApiIsNamedBeforeAnythingIsWritten() {
        server.then(404, "404 page not found");
        assertThatThrownBy(() -> routes.check(task())).isInstanceOfSatisfying(TroubleException.class, thrown -> {
            assertThat(thrown.trouble().kind()).isEqualTo(Kind.INVALID);
            assertThat(thrown.trouble().detail())
                    .isEqualTo("cluster eu-1 has no Gateway API (gateway.networking.k8s.io/v1), so that httproute"
                            + " \"public\" can't divide requests there; install it, or give the cluster another strategy"
                            + " (spec.overrides[].strategy)");
        });
    }

    @Test
    void whatCameBetweenIsReadAnew() throws Exception {
        server.then(200, KINDS)
                .then(200, route(7, 1, 1))
                .then(409, STALE)
                .then(200, route(8, 1, 1))
                .then(200, route(9, 2, 2));
        routes.write(task(), share());
        assertThat(server.asked()).hasSize(5);
        assertThat(server.asked().get(2)).contains("\"resourceVersion\":\"7\"", "\"weight\":25");
        assertThat(server.asked().get(4)).contains("\"resourceVersion\":\"8\"");
    }

    @Test
    void itIsDoneWhenTheGatewayHasSeenIt() throws Exception {
        server.then(200, KINDS)
                .then(200, route(7, 1, 1))
                .then(200, route(8, 2, 1))
                .then(200, route(8, 2, 1))
                .then(200, route(9, 2, 2));
        routes.write(task(), share());
        assertThat(server.asked()).hasSize(5);
    }

    private static RouteShare share() {
        return new RouteShare(ROUTE, Optional.of("hello"), Optional.of(25));
    }

    private static RolloutTask.Apply task() {
        var assignment = new Assignment(
                new ApplicationName("default", "hello"),
                "eu-1",
                2,
                1,
                List.of(),
                Strategy.AS_WRITTEN,
                Directions.NONE,
                false,
                false,
                false,
                "test");
        return new RolloutTask.Apply(
                assignment, 0, List.of(), Strategy.CapacityCheck.OFF, List.of(), List.of(share()), List.of());
    }

    private static String route(int version, int generation, int seen) {
        return """
                {"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute",
                 "metadata":{"name":"public","namespace":"default","resourceVersion":"%d","generation":%d},
                 "spec":{"rules":[{"backendRefs":[{"name":"hello","port":80,"weight":1}]}]},
                 "status":{"parents":[{"conditions":[{"type":"Accepted","status":"True","observedGeneration":%d}]}]}}""".formatted(version, generation, seen);
    }
}
