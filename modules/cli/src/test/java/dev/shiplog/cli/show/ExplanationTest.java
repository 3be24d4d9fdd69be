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
    void a_field_tells_type_default_and_meaning() {
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
    void an_object_lists_its_fields() {
        assertThat(explanation.lines("release.metadata", false))
                .startsWith("KIND:     Release", "VERSION:  shiplog.dev/v1", "", "FIELD: metadata <Object>")
                .contains("FIELDS:", "  name\t<string> -required-", "  namespace\t<string>", "    Default: default");
    }

    @Test
    void everything_at_once() {
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
    void fields_of_lists_are_reached_with_or_without_brackets() {
        assertThat(explanation.lines("release.spec.overrides[].replicas", false))
                .isEqualTo(explanation.lines("release.spec.overrides.replicas", false));
    }

    @Test
    void a_wrong_name_gets_the_right_one() {
        assertThatThrownBy(() -> explanation.lines("release.spec.strategi", false))
                .hasMessage("there is no field \"strategi\" in release.spec; did you mean \"strategy\"?");
        assertThatThrownBy(() -> explanation.lines("release.kind.more", false))
                .hasMessage("there is no field \"more\" in release.kind; it has no fields");
        assertThatThrownBy(() -> explanation.lines("deployment", false))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("\"deployment\" can't be explained; there are release and cluster");
    }

    @Test
    void every_field_is_explained() {
        assertThat(undescribed("release", Schema.ofRelease())).isEmpty();
        assertThat(undescribed("cluster", Schema.ofCluster())).isEmpty();
    }

    @Test
    void a_cluster_is_explained_as_well() {
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
