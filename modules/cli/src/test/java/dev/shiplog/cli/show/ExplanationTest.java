package dev.shiplog.cli.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.cli.Failure;
import dev.shiplog.cli.releasefile.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private final Explanation explanation =
            new Explanation(List.of(Schema.ofRelease(), Schema.ofCluster()), Paint.PLAIN);

    @Test
    void aFieldTellsTypeDefaultAndMeaning() {
        assertThat(explanation.lines("release.spec.strategy.rolling.progressDeadlineSeconds", false))
                .containsExactly(
                        "KIND:     Release",
                        "VERSION:  shiplog.dev/v1",
                        "",
                        "FIELD: progressDeadlineSeconds <integer>",
                        "",
                        "DESCRIPTION:",
                        "  After so many seconds without progress the rollout on that cluster has",
                        "  failed, and its cause is named. Where the Deployment says another, that is",
                        "  the default.",
                        "  Default: 600",
                        "  Example: 600");
    }

    @Test
    void anObjectListsItsFields() {
        assertThat(explanation.lines("release.metadata", false))
                .startsWith("KIND:     Release", "VERSION:  shiplog.dev/v1", "", "FIELD: metadata <Object>")
                .contains("FIELDS:", "  name\t<string> -required-", "  namespace\t<string>", "    Default: default");
    }

    @Test
    void everythingAtOnce() {
        assertThat(explanation.lines("release", true))
                .contains(
                        "  spec\t<Object> -required-",
                        "    configMapGenerator\t<[]Object>",
                        "      files\t<[]string>",
                        "      rolling\t<Object>",
                        "        maxSurge\t<integer or string> = 25%",
                        "      replicas\t<integer>",
                        "      images\t<map[string]string>");
    }

    @Test
    void fieldsOfListsAreReachedWithOrWithoutBrackets() {
        assertThat(explanation.lines("release.spec.overrides[].replicas", false))
                .isEqualTo(explanation.lines("release.spec.overrides.replicas", false));
    }

    @Test
    void aWrongNameGetsTheRightOne() {
        assertThatThrownBy(() -> explanation.lines("release.spec.strategi", false))
                .hasMessage("there is no field \"strategi\" in release.spec; did you mean \"strategy\"?");
        assertThatThrownBy(() -> explanation.lines("release.kind.more", false))
                .hasMessage("there is no field \"more\" in release.kind; it has no fields");
        assertThatThrownBy(() -> explanation.lines("deployment", false))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("\"deployment\" can't be explained; there are release and cluster");
    }

    @Test
    void everyFieldIsExplained() {
        assertThat(undescribed("release", Schema.ofRelease())).isEmpty();
        assertThat(undescribed("cluster", Schema.ofCluster())).isEmpty();
    }

    @Test
    void aClusterIsExplainedAsWell() {
        assertThat(explanation.lines("cluster.spec.namespaces", false))
                .startsWith("KIND:     Cluster", "VERSION:  shiplog.dev/v1", "", "FIELD: namespaces <[]string>");
    }

    private static List<String> undescribed(String path, Schema schema) {
        var missing = new java.util.ArrayList<String>();
        if (schema.text("description").isEmpty()) {
            missing.add(path);
        }
        for (var name : schema.properties()) {
            missing.addAll(undescribed(path + "." + name, schema.property(name).orElseThrow()));
        }
        schema.items().ifPresent(items -> missing.addAll(undescribed(path + "[]", items)));
        return missing;
    }
}
