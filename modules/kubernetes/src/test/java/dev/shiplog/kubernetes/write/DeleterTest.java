package dev.shiplog.kubernetes.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.kubernetes.ScriptedServer;
import dev.shiplog.kubernetes.access.ApiServer;
import dev.shiplog.kubernetes.access.Credentials;
import dev.shiplog.kubernetes.access.Resources;
import dev.shiplog.kubernetes.trouble.TroubleException;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeleterTest {

    private static final ApplicationName HELLO = new ApplicationName("default", "hello");
    private static final ObjectKey CANARY = new ObjectKey("apps/v1", "Deployment", "default", "hello-canary");
    private static final ObjectKey ROCKET = new ObjectKey("example.com/v1", "Rocket", "default", "apollo");
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String STALE = """
            {"kind":"Status","status":"Failure","reason":"Conflict","code":409,
             "message":"Operation cannot be fulfilled on deployments.apps \\"hello-canary\\": the object has been modified"}""";
    private static final String NOT_FOUND = """
            {"kind":"Status","status":"Failure","reason":"NotFound","code":404}""";

    private final List<ObjectKey> gone = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final ScriptedServer server = new ScriptedServer(vertx);
    private final ApiServer api = new ApiServer(
            "eu-1", server.connection(), Credentials.of(server.connection()), new Vertx5HttpClientFactory(vertx));

    @AfterEach
    void stop() {
        api.close();
        server.close();
        vertx.close().await();
    }

    /** Pods that crash change the status of their Deployment many times a second: that must not keep it alive. */
    @Test
    void whatKeepsChangingIsDeletedAllTheSame() throws Exception {
        for (int version = 1; version <= 12; version++) {
            server.then(200, present(version, 1)).then(409, STALE);
        }
        server.then(200, present(13, 1)).then(200, present(13, 1)).then(404, NOT_FOUND);

        delete(LONG);

        assertThat(server.asked().get(25)).startsWith("DELETE ").contains("\"resourceVersion\":\"13\"");
    }

    @Test
    void aNewerOwnerThatComesBetweenKeepsIt() {
        server.then(200, present(7, 1)).then(409, STALE).then(200, present(8, 3));

        assertThatThrownBy(() -> delete(LONG))
                .isInstanceOfSatisfying(
                        TroubleException.class,
                        thrown -> assertThat(thrown.trouble().kind()).isEqualTo(Kind.OUTRUN));
    }

    @Test
    void whatNeverHoldsStillIsGivenUpForNow() {
        server.then(200, present(7, 1)).then(409, STALE);

        assertThatThrownBy(() -> delete(Duration.ZERO))
                .isInstanceOf(TroubleException.class)
                .hasMessageEndingWith("deployment \"hello-canary\" in cluster eu-1 keeps changing while it is deleted");
    }

    @Test
    void whatIsHeldByFinalizersIsToldWithWhatToDo() {
        server.then(200, held()).then(200, held());

        assertThatThrownBy(() -> delete(Duration.ZERO))
                .isInstanceOf(TroubleException.class)
                .hasMessageEndingWith(
                        "is marked as deleted but held by its finalizers [example.com/audit]; it goes when"
                                + " whoever set them takes them away, or you do: kubectl edit deployment hello-canary -n default");
    }

    /** A rollout that waits for it says so, before anybody has to ask. */
    @Test
    @Timeout(60)
    void whatIsHeldByFinalizersIsToldSoon() {
        for (int look = 0; look < 20; look++) {
            server.then(200, held());
        }

        assertThatThrownBy(() -> delete(LONG))
                .isInstanceOf(TroubleException.class)
                .hasMessageContaining("held by its finalizers [example.com/audit]");
    }

    @Test
    void whatSomebodyElseHasMadeGoesByForceOnly() throws Exception {
        var nobodys = """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"hello-canary","uid":"u","resourceVersion":"7"}}""";
        server.then(200, nobodys).then(200, nobodys).then(200, nobodys).then(404, NOT_FOUND);

        delete(LONG);
        assertThat(server.asked()).noneMatch(asked -> asked.startsWith("DELETE "));
        new Deleter(api, new Resources(api, List.of()), LONG)
                .delete(new RolloutTask.Delete(HELLO, "eu-1", 2, 0, Set.of(CANARY), true), gone::add);
        assertThat(server.asked()).anyMatch(asked -> asked.startsWith("DELETE "));
    }

    @Test
    void aClusterThatDoesNotKnowTheKindHasNoneOfIt() throws Exception {
        server.then(404, "404 page not found\n").then(404, "404 page not found\n");
        delete(ROCKET);
        server.then(200, kinds("Balloon")).then(200, versions("example.com/v1"));
        delete(ROCKET);

        assertThat(gone).containsExactly(ROCKET, ROCKET);
        assertThat(server.asked())
                .extracting(asked -> asked.split(" ")[1])
                .containsExactly(
                        "/apis/example.com/v1", "/apis/example.com", "/apis/example.com/v1", "/apis/example.com");
    }

    /** A cluster that has been upgraded serves the same object in a later version only. */
    @Test
    void anObjectIsDeletedInAnotherVersionWhereItsOwnIsServedNoLonger() throws Exception {
        server.then(404, "404 page not found\n")
                .then(200, versions("example.com/v2"))
                .then(200, kinds("Rocket"))
                .then(200, present(7, 1))
                .then(200, "{}")
                .then(404, NOT_FOUND);

        delete(ROCKET);

        assertThat(gone).containsExactly(ROCKET);
        assertThat(server.asked())
                .anyMatch(asked -> asked.startsWith("DELETE /apis/example.com/v2/namespaces/default/rockets/apollo "));
    }

    /** Nothing is known then, least of all that it has gone. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | the service is currently unavailable | UNREACHABLE",
                "500 | | UNREACHABLE",
                "403 | forbidden | FORBIDDEN",
                "401 | Unauthorized | UNAUTHORIZED",
                "410 | Gone | UNKNOWN",
                "302 | | UNKNOWN",
                "200 | <html>Sign in</html> | UNKNOWN",
                "200 | {\"kind\":\"Table\"} | UNKNOWN"
            })
    void aDiscoveryThatFailsLeavesItUnknown(int code, @Nullable String body, Kind kind) {
        server.then(code, body == null ? "" : body);

        assertThatThrownBy(() -> delete(ROCKET))
                .isInstanceOfSatisfying(
                        TroubleException.class,
                        thrown -> assertThat(thrown.trouble().kind()).isEqualTo(kind));
    }

    @Test
    void aKindIsAskedForAnewSinceItMayHaveComeOrGone() throws Exception {
        var resources = new Resources(api, List.of());
        server.then(404, "404 page not found\n").then(404, "404 page not found\n");
        delete(ROCKET, resources);

        server.then(200, kinds("Rocket"))
                .then(200, present(7, 1))
                .then(200, "{}")
                .then(404, NOT_FOUND);
        delete(ROCKET, resources);
        assertThat(server.asked())
                .anyMatch(asked -> asked.startsWith("DELETE /apis/example.com/v1/namespaces/default/rockets/apollo "));

        server.then(404, "404 page not found\n").then(404, "404 page not found\n");
        delete(ROCKET, resources);
        assertThat(server.asked()).hasSize(8);
        server.then(404, "404 page not found\n");
        assertThat(resources.knows(ROCKET)).as("after it was seen to have gone").isFalse();
    }

    @Test
    void oneThatStaysKeepsWhatItNeedsButNotItsLike() {
        var other = new ObjectKey("apps/v1", "Deployment", "default", "hello-other");
        var config = new ObjectKey("v1", "ConfigMap", "default", "hello");
        server.then(200, held()).then(200, held()).then(404, NOT_FOUND);

        assertThatThrownBy(() -> delete(Set.of(config, other, CANARY), new Resources(api, List.of()), Duration.ZERO))
                .hasMessageContaining("held by its finalizers [example.com/audit]");

        assertThat(gone).containsExactly(other);
        assertThat(server.asked()).hasSize(3).noneMatch(asked -> asked.contains("configmaps"));
    }

    @Test
    void aClusterThatIsAwayOrAnothersByNowIsNotAskedForTheNext() {
        var other = new ObjectKey("apps/v1", "Deployment", "default", "hello-other");
        server.then(503, "the service is currently unavailable");
        assertThatThrownBy(() -> delete(Set.of(other, CANARY), new Resources(api, List.of()), LONG))
                .isInstanceOf(TroubleException.class);

        server.then(200, held()).then(200, held()).then(200, present(7, 3));
        assertThatThrownBy(() -> delete(Set.of(other, CANARY), new Resources(api, List.of()), Duration.ZERO))
                .isInstanceOfSatisfying(
                        TroubleException.class,
                        thrown -> assertThat(thrown.trouble().kind()).isEqualTo(Kind.OUTRUN));

        assertThat(server.asked()).hasSize(4);
        assertThat(gone).isEmpty();
    }

    private void delete(ObjectKey object) throws Exception {
        delete(object, new Resources(api, List.of()));
    }

    private void delete(ObjectKey object, Resources resources) throws Exception {
        delete(Set.of(object), resources, LONG);
    }

    private static String versions(String version) {
        return """
                {"kind":"APIGroup","name":"example.com","versions":[{"groupVersion":"%s"}]}""".formatted(version);
    }

    private static String kinds(String kind) {
        return """
                {"kind":"APIResourceList","groupVersion":"example.com/v1",
                 "resources":[{"name":"%ss","kind":"%s","namespaced":true}]}""".formatted(kind.toLowerCase(Locale.ROOT), kind);
    }

    private void delete(Duration patience) throws Exception {
        delete(Set.of(CANARY), new Resources(api, List.of()), patience);
    }

    private void delete(Set<ObjectKey> objects, Resources resources, Duration patience) throws Exception {
        new Deleter(api, resources, patience).delete(new RolloutTask.Delete(HELLO, "eu-1", 2, 0, objects), gone::add);
    }

    private static String held() {
        return """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"hello-canary","uid":"u",
                 "resourceVersion":"7","deletionTimestamp":"2026-01-01T00:00:00Z","finalizers":["example.com/audit"],
                 "annotations":{"shiplog.dev/application":"default/hello","shiplog.dev/generation":"1"}}}""";
    }

    private static String present(int version, int generation) {
        return """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"hello-canary","uid":"u","resourceVersion":"%d",
                 "annotations":{"shiplog.dev/application":"default/hello","shiplog.dev/generation":"%d"}}}""".formatted(version, generation);
    }
}
