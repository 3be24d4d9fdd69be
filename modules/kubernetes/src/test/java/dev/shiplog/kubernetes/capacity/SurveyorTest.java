package dev.shiplog.kubernetes.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.CapacityCheck;
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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SurveyorTest {

    private static final String NOT_FOUND = """
            {"kind":"Status","status":"Failure","reason":"NotFound","code":404}""";
    private static final String FORBIDDEN = """
            {"kind":"Status","status":"Failure","reason":"Forbidden","code":403,
             "message":"nodes is forbidden: User \\"shiplog\\" cannot list resource \\"nodes\\""}""";
    private static final String NOTHING = """
            {"items":[]}""";
    private static final String GREEN = """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"hello-green","namespace":"default"},
             "spec":{"replicas":3,"template":{"spec":{"containers":[{"resources":{"limits":{"cpu":0.2}}}]}}}}""";

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

    @Test
    void nothingIsReadWhereNothingIsAskedFor() throws Exception {
        assertThat(check(CapacityCheck.OFF)).isEmpty();
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void nothingMoreIsReadWhereNoPodIsAdded() throws Exception {
        server.then(200, GREEN);
        assertThat(check(CapacityCheck.ENFORCE)).isEmpty();
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void onlyWhatIsAddedHasToFit() throws Exception {
        server.then(200, GREEN.replace("\"replicas\":3", "\"replicas\":2"))
                .then(200, node("node-1", "300m"))
                .then(200, NOTHING)
                .then(200, NOTHING);
        assertThat(check(CapacityCheck.ENFORCE)).isEmpty();
    }

    @Test
    void whatRunsOnANodeIsNotFreeAndListsAreReadPageByPage() {
        server.then(404, NOT_FOUND)
                .then(200, node("node-1", "1"))
                .then(200, pods("\"metadata\":{\"continue\":\"more\"},", "node-1", "200m"))
                .then(200, pods("", "node-1", "400m"))
                .then(200, NOTHING);
        assertThatThrownBy(() -> check(CapacityCheck.ENFORCE))
                .isInstanceOfSatisfying(TroubleException.class, thrown -> {
                    assertThat(thrown.trouble().kind()).isEqualTo(Kind.INSUFFICIENT_CAPACITY);
                    assertThat(thrown.trouble().detail())
                            .startsWith("not enough room in cluster eu-1 for 3 more pods of \"hello-green\": "
                                    + "cpu needs 600m (3 x 200m), 400m are free on 1 node; make room");
                });
        assertThat(server.asked().get(2)).contains("status.phase%21%3DSucceeded%2Cstatus.phase%21%3DFailed&limit=500 ");
        assertThat(server.asked().get(3)).contains("&limit=500&continue=more ");
    }

    @Test
    void aCheckThatIsEnforcedAndMayNotLookSaysWhatItNeeds() {
        server.then(404, NOT_FOUND).then(403, FORBIDDEN);
        assertThatThrownBy(() -> check(CapacityCheck.ENFORCE))
                .isInstanceOfSatisfying(TroubleException.class, thrown -> {
                    assertThat(thrown.trouble().kind()).isEqualTo(Kind.FORBIDDEN);
                    assertThat(thrown.trouble().detail())
                            .contains("cannot list resource \"nodes\"")
                            .endsWith("grant it (shiplog-capacity in ops/rbac.yaml), or go on without it: "
                                    + "spec.strategy.blueGreen.capacityCheck: warn");
                });
    }

    @Test
    void aCheckThatOnlyWarnsAndMayNotLookWarnsOfThat() throws Exception {
        server.then(404, NOT_FOUND).then(403, FORBIDDEN);
        assertThat(check(CapacityCheck.WARN).orElseThrow())
                .startsWith("whether there is room for more pods is not known: cluster eu-1: nodes is forbidden");
    }

    private Optional<String> check(CapacityCheck capacity) throws Exception {
        var green = new KubernetesObject(
                JsonReader.read(GREEN.getBytes(StandardCharsets.UTF_8)).orElseThrow());
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
        return new Surveyor(api, new Resources(api, List.of()))
                .check(new RolloutTask.Apply(assignment, 0, List.of(green), capacity));
    }

    private static String node(String name, String cpu) {
        return """
                {"items":[{"metadata":{"name":"%s"},"status":{"allocatable":{"cpu":"%s","pods":"110"}}}]}""".formatted(name, cpu);
    }

    private static String pods(String metadata, String node, String cpu) {
        return """
                {%s"items":[{"spec":{"nodeName":"%s","containers":[{"resources":{"requests":{"cpu":"%s"}}}]}},
                 {"spec":{"containers":[{"resources":{"requests":{"cpu":"100"}}}]}}]}""".formatted(metadata, node, cpu);
    }
}
