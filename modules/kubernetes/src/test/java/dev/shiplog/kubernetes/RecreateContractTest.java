package dev.shiplog.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmApplied;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What becomes of the limits of a rolling update that somebody else has written, or nobody, in a Deployment that is to be
 * Recreate: the API server refuses the two together, and an apply removes nothing but its own.
 */
class RecreateContractTest extends GatewayContract {

    private static final String ROLLING = """
            {"type":"RollingUpdate","rollingUpdate":{"maxSurge":1,"maxUnavailable":0}}""";
    private static final String LIMITS_ONLY = "{\"rollingUpdate\":{\"maxSurge\":1}}";
    private static final String RECREATE = "{\"type\":\"Recreate\"}";

    @Test
    void limitsThatTheServerFilledInGo() throws Exception {
        made("kubectl", "{}");
        assertThat(applied(hello, RECREATE)).isEqualTo(new ConfirmApplied(1, 0));
        assertThat(strategy()).isEqualTo(json(RECREATE));
    }

    @Test
    void aStrategyOfAnotherManagerIsAConflictUnlessForced() throws Exception {
        made("kubectl", ROLLING);
        var trouble = trouble(applied(hello, RECREATE));
        assertThat(trouble.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(trouble.detail())
                .startsWith("deployment \"hello\": .spec.strategy.type belongs to \"kubectl\"")
                .contains("--force-conflicts");
        assertThat(strategy()).isEqualTo(json(ROLLING));

        assertThat(applied(hello.forced(), RECREATE)).isEqualTo(new ConfirmApplied(1, 0));
        assertThat(strategy()).isEqualTo(json(RECREATE));
    }

    /** As kubectl create, client-side apply and edit write: what the server filled in is theirs. */
    @Test
    void whatAnUpdateWroteIsTakenOverOnlyIfForced() throws Exception {
        made("kubectl", "{}");
        patched("kubectl-edit", "{\"type\":\"Recreate\",\"rollingUpdate\":null}");
        patched("kubectl-edit", "{\"type\":\"RollingUpdate\"}");
        assertThat(trouble(applied(hello, RECREATE)).detail())
                .startsWith("deployment \"hello\": .spec.strategy.type belongs to \"kubectl-edit\" using apps/v1");

        assertThat(applied(hello.forced(), RECREATE)).isEqualTo(new ConfirmApplied(1, 0));
        assertThat(strategy()).isEqualTo(json(RECREATE));
    }

    @Test
    void limitsOfAnotherManagerAreAConflictUnlessForced() throws Exception {
        made("kubectl", LIMITS_ONLY);
        var trouble = trouble(applied(hello, RECREATE));
        assertThat(trouble.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(trouble.detail())
                .startsWith("deployment \"hello\": .spec.strategy.rollingUpdate belongs to \"kubectl\"")
                .contains("--force-conflicts");
        assertThat(applied(hello.forced(), RECREATE)).isEqualTo(new ConfirmApplied(1, 0));
    }

    /** The removal leaves an entry of Shiplog's own among the owners: it must not be in its own way afterwards. */
    @Test
    void aRollingUpdateMayFollow() throws Exception {
        made("kubectl", "{}");
        assertThat(applied(hello, RECREATE)).isEqualTo(new ConfirmApplied(1, 0));
        assertThat(applied(hello.generation(2), ROLLING)).isEqualTo(new ConfirmApplied(2, 0));
        assertThat(strategy()).isEqualTo(json(ROLLING));
        assertThat(applied(hello.generation(3), RECREATE)).isEqualTo(new ConfirmApplied(3, 0));
        assertThat(strategy()).isEqualTo(json(RECREATE));
    }

    private void made(String manager, String strategy) throws Exception {
        var made = hello.deployment().json().withObject("spec", spec -> spec.with("strategy", json(strategy)));
        var unmarked = made.withObject("metadata", metadata -> metadata.without("annotations"));
        assertThat(kubectl.apply(path(), "fieldManager=" + manager, unmarked).isSuccess())
                .isTrue();
    }

    private void patched(String manager, String strategy) throws Exception {
        var patch = json("{\"spec\":{\"strategy\":%s}}".formatted(strategy));
        assertThat(kubectl.merge(path(), "fieldManager=" + manager, patch).isSuccess())
                .isTrue();
    }

    private RolloutCommand applied(Hello wanted, String strategy) throws Exception {
        var deployment = new KubernetesObject(
                wanted.deployment().json().withObject("spec", spec -> spec.with("strategy", json(strategy))));
        return answer(consumer -> gateway.apply(wanted.apply(List.of(deployment)), consumer));
    }

    private Json.Obj strategy() throws Exception {
        return get("/apis/apps/v1", "deployments/hello").object("spec").object("strategy");
    }

    private String path() {
        return "/apis/apps/v1/namespaces/" + hello.application().namespace() + "/deployments/hello";
    }
}
