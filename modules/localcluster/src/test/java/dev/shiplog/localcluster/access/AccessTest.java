package dev.shiplog.localcluster.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.HttpClientOf;
import dev.shiplog.localcluster.HttpClientOf.Answer;
import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody may is what the roles say, to whoever asks in whatever way. */
class AccessTest {
    private static final String JSON = "application/json";
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubject";
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";

    private static final LocalCluster CLUSTER = LocalCluster.named("access").start();
    private static final HttpClientOf ADMIN = new HttpClientOf(CLUSTER);

    @BeforeAll
    static void bind() {
        bind("view", "{\"kind\":\"User\",\"name\":\"vera\"}");
        bind("edit", "{\"kind\":\"Group\",\"name\":\"editors\"}");
        bind("admin", "{\"kind\":\"User\",\"name\":\"ada\"}");
    }

    private static void bind(String role, String subject) {
        ADMIN.send("POST", RBAC + "/namespaces/default/rolebindings", JSON, """
                {"metadata":{"name":"%s"},"subjects":[%s],
                 "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"%s"}}
                """.formatted(role, subject, role));
    }

    @AfterAll
    static void close() {
        ADMIN.close();
        CLUSTER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "vera,    '',      get,    pods,         true",
        "vera,    '',      get,    secrets,      false",
        "vera,    '',      create, pods,         false",
        "jane,    '',      get,    pods,         false",
        "jane,    editors, get,    secrets,      true",
        "jane,    editors, create, pods,         true",
        "jane,    editors, create, rolebindings, false",
        "jane,    system:masters, create, rolebindings, true",
        "ada,     '',      create, rolebindings, true",
        "ada,     '',      update, resourcequotas, false",
    })
    void theDefaultRolesGrantWhatTheirNamesSay(
            String user, String group, String verb, String resource, boolean allowed) {
        String rbacGroup = resource.equals("rolebindings") ? "rbac.authorization.k8s.io" : "";
        Answer answer =
                as(user, group).send("POST", REVIEWS + "accessreviews", JSON, """
                {"spec":{"resourceAttributes":{"namespace":"default","verb":"%s","resource":"%s","group":"%s"}}}
                """.formatted(verb, resource, rbacGroup));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().at("/status/allowed").asBoolean()).isEqualTo(allowed);
    }

    @Test
    void theListOfRightsHoldsWhatIsGrantedAndNothingElse() {
        assertThat(listed("jane", ""))
                .doesNotContain("*")
                .doesNotContain("pods")
                .contains("selfsubjectaccessreviews");
        assertThat(listed("vera", "")).contains("pods").doesNotContain("secrets");
        assertThat(listed("jane", "editors")).contains("pods").contains("secrets");
        assertThat(listed("jane", "system:masters")).contains("*");
    }

    private static String listed(String user, String group) {
        return as(user, group)
                .send("POST", REVIEWS + "rulesreviews", JSON, "{\"spec\":{\"namespace\":\"default\"}}")
                .body()
                .at("/status/resourceRules")
                .valueStream()
                .map(rule -> rule.path("resources").toString())
                .collect(Collectors.joining());
    }

    @Test
    void aGroupWithoutAUserIsRefused() {
        Answer answer = new HttpClientOf(CLUSTER.url(), Map.of("Impersonate-Group", "editors")).get("/api/v1/pods");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Json.text(answer.body(), "message")).contains("without impersonating a user");
    }

    @Test
    void onlyWhoMayTakeAGroupTakesIt() {
        ADMIN.send("POST", RBAC + "/clusterroles", JSON, """
                {"metadata":{"name":"impersonator"},
                 "rules":[{"apiGroups":[""],"resources":["users"],"verbs":["impersonate"]}]}
                """);
        ADMIN.send("POST", RBAC + "/clusterrolebindings", JSON, """
                {"metadata":{"name":"impersonator"},"subjects":[{"kind":"User","name":"imp"}],
                 "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"impersonator"}}
                """);
        CLUSTER.tokens().grant("imp-token", Caller.named("imp"));
        try {
            HttpClientOf imp = new HttpClientOf(CLUSTER.url(), impersonating("imp-token", "jane", "editors"));

            assertThat(Json.text(imp.get("/api/v1/namespaces/default/pods").body(), "message"))
                    .isEqualTo("groups \"editors\" is forbidden: User \"imp\" cannot impersonate resource \"groups\""
                            + " in API group \"\" at the cluster scope");
        } finally {
            CLUSTER.tokens().grant("anybody", Caller.ADMIN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"spec\":{\"resourceAttributes\":\"x\"}}",
                "{\"spec\":{\"nonResourceAttributes\":[]}}",
                "{\"spec\":{\"resourceAttributes\":{\"verb\":1}}}",
                "{\"spec\":1}",
                "[]",
                "{"
            })
    void aQuestionThatIsNoneIsRefused(String body) {
        assertThat(ADMIN.send("POST", REVIEWS + "accessreviews", JSON, body).status())
                .isEqualTo(400);
    }

    @Test
    void aPathIsGrantedByItsUrl() {
        ADMIN.send("POST", RBAC + "/clusterroles", JSON, """
                {"metadata":{"name":"metrics"},"rules":[{"nonResourceURLs":["/metrics/*"],"verbs":["get"]}]}
                """);
        ADMIN.send("POST", RBAC + "/clusterrolebindings", JSON, """
                {"metadata":{"name":"metrics"},"subjects":[{"kind":"User","name":"meter"}],
                 "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"metrics"}}
                """);

        assertThat(as("meter", "").get("/metrics/all").status()).isEqualTo(404);
        assertThat(as("meter", "").get("/secrets").status()).isEqualTo(403);
    }

    private static HttpClientOf as(String user, String group) {
        return new HttpClientOf(CLUSTER.url(), impersonating("anybody", user, group));
    }

    private static Map<String, String> impersonating(String token, String user, String group) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + token);
        headers.put("Impersonate-User", user);
        if (!group.isEmpty()) {
            headers.put("Impersonate-Group", group);
        }
        return headers;
    }
}
