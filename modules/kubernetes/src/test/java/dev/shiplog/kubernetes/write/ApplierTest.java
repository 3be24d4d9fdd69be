package dev.shiplog.kubernetes.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.kubernetes.ScriptedServer;
import dev.shiplog.kubernetes.access.ApiServer;
import dev.shiplog.kubernetes.access.Credentials;
import dev.shiplog.kubernetes.access.Resources;
import dev.shiplog.kubernetes.json.JsonReader;
import dev.shiplog.kubernetes.trouble.TroubleException;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApplierTest {

    private static final ApplicationName HELLO = new ApplicationName("default", "hello");
    private static final String STALE = """
            {"kind":"Status","status":"Failure","reason":"Conflict","code":409,
             "message":"Operation cannot be fulfilled on configmaps \\"conf\\": the object has been modified"}""";
    private static final String NOT_FOUND = """
            {"kind":"Status","status":"Failure","reason":"NotFound","code":404}""";

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedServer server = new ScriptedServer(vertx);
    private final ApiServer api = new ApiServer(
            "eu-1", server.connection(), Credentials.of(server.connection()), new Vertx5HttpClientFactory(vertx));
    private final List<Json.Obj> written = new ArrayList<>();

    @AfterEach
    void stop() {
        api.close();
        server.close();
        vertx.close().await();
    }

    @Test
    void theVersionThatWasReadIsThePrecondition() throws Exception {
        server.then(200, present(7, 1)).then(200, present(8, 2));
        apply(config());
        assertThat(server.asked()).hasSize(2);
        assertThat(server.asked().get(0)).startsWith("GET /api/v1/namespaces/default/configmaps/conf ");
        assertThat(server.asked().get(1))
                .startsWith("PATCH /api/v1/namespaces/default/configmaps/conf?fieldManager=shiplog&force=false ")
                .contains("\"resourceVersion\":\"7\"");
        assertThat(written).hasSize(1);
    }

    @Test
    void whatIsStaleIsReadAgain() throws Exception {
        server.then(200, present(7, 1))
                .then(409, STALE)
                .then(200, present(9, 1))
                .then(200, present(10, 2));
        apply(config());
        assertThat(server.asked().get(3)).contains("\"resourceVersion\":\"9\"");
    }

    @Test
    void aNewerGenerationThatComesBetweenIsRespected() {
        server.then(200, present(7, 1)).then(409, STALE).then(200, present(9, 3));
        assertTrouble(config(), Kind.OUTRUN);
        assertThat(server.asked()).hasSize(3);
        assertThat(written).isEmpty();
    }

    @Test
    void oneThatIsCreatedInBetweenIsNotOverwritten() {
        server.then(404, NOT_FOUND).then(409, STALE).then(200, present(9, 3));
        assertTrouble(config(), Kind.OUTRUN);
        assertThat(server.asked().get(1)).contains("\"resourceVersion\":\"1\"");
    }

    @Test
    void aServerThatMindsTheVersionWhenItCreatesIsAskedWithout() throws Exception {
        server.then(404, NOT_FOUND).then(409, STALE).then(404, NOT_FOUND).then(201, present(9, 2));
        apply(config());
        assertThat(server.asked().get(3)).doesNotContain("resourceVersion");
    }

    @Test
    void whatNeverHoldsStillIsGivenUpForNow() {
        for (int i = 0; i < 6; i++) {
            server.then(200, present(7 + i, 1)).then(409, STALE);
        }
        assertTrouble(config(), Kind.UNKNOWN);
        assertThat(server.asked()).hasSize(12);
    }

    @Test
    void aConflictSaysWhoseItIs() {
        var conflict = """
                {"kind":"Status","status":"Failure","reason":"Conflict","code":409,"message":"Apply failed with 1 conflict",
                 "details":{"causes":[{"reason":"FieldManagerConflict","field":".data.a",
                  "message":"conflict with \\"kubectl-set\\" using v1"}]}}""";
        server.then(200, present(7, 1)).then(409, conflict);
        assertThatThrownBy(() -> apply(config()))
                .hasMessage(
                        "Conflict: configmap \"conf\": .data.a belongs to \"kubectl-set\" using v1; leave the field out"
                                + " of the release, or take it with --force-conflicts (every time: spec.forceConflicts:"
                                + " true)");

        server.then(200, present(7, 1)).then(409, conflict);
        assertThatThrownBy(() -> apply(config(), Directions.NONE.abort()))
                .hasMessage("Conflict: configmap \"conf\": .data.a belongs to \"kubectl-set\" using v1");
    }

    @Test
    void aBusyServerIsGivenTheTimeItAsksForAndNoMore() throws Exception {
        server.then(200, present(7, 1)).thenTooBusyFor(0).then(200, present(8, 2));
        apply(config());
        assertThat(server.asked()).hasSize(3);
        server.thenTooBusyFor(3600);
        assertTrouble(config(), Kind.THROTTLED);
    }

    @Test
    void whatIsBeingDeletedIsWaitedFor() {
        server.then(200, """
                {"kind":"ConfigMap","metadata":{"resourceVersion":"7","deletionTimestamp":"2026-01-01T00:00:00Z"}}""");
        assertTrouble(config(), Kind.UNKNOWN);
    }

    @Test
    void aSecretThatCannotBeOpenedIsNeitherWrittenNorQuoted() {
        var secret = new KubernetesObject(
                json(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"tls\",\"namespace\":\"default\"}}"),
                new TreeMap<>(Map.of("key", "c2VhbGVk")));
        assertThatThrownBy(() -> apply(secret)).isInstanceOfSatisfying(TroubleException.class, thrown -> {
            assertThat(thrown.trouble().kind()).isEqualTo(Kind.INVALID);
            assertThat(thrown.trouble().detail())
                    .contains("secret \"tls\": the value of key cannot be opened")
                    .doesNotContain("c2VhbGVk", "hunter2");
        });
        assertThat(server.asked()).isEmpty();
    }

    private void assertTrouble(KubernetesObject object, Kind kind) {
        assertThatThrownBy(() -> apply(object))
                .isInstanceOfSatisfying(
                        TroubleException.class,
                        thrown -> assertThat(thrown.trouble().kind()).isEqualTo(kind));
    }

    private void apply(KubernetesObject object) throws Exception {
        apply(object, Directions.NONE);
    }

    private void apply(KubernetesObject object, Directions directions) throws Exception {
        var applier = new Applier(api, new Resources(api, List.of()), (application, secret, key, cipher) -> {
            throw new GeneralSecurityException("decryption of hunter2 failed");
        });
        var assignment = new Assignment(
                HELLO, "eu-1", 2, 1, List.of(object), Strategy.AS_WRITTEN, directions, false, false, false, "test");
        applier.apply(new RolloutTask.Apply(assignment, 0, List.of(object), Strategy.CapacityCheck.OFF), written::add);
    }

    private static KubernetesObject config() {
        return new KubernetesObject(json("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"conf","namespace":"default"},"data":{"a":"b"}}"""));
    }

    private static String present(int version, int generation) {
        return """
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"conf","resourceVersion":"%d",
                 "annotations":{"shiplog.dev/application":"default/hello","shiplog.dev/generation":"%d"}}}""".formatted(version, generation);
    }

    private static Json.Obj json(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
