package dev.shiplog.domain.fleet;

import static dev.shiplog.domain.fleet.LabelSelector.Operator.DOES_NOT_EXIST;
import static dev.shiplog.domain.fleet.LabelSelector.Operator.EXISTS;
import static dev.shiplog.domain.fleet.LabelSelector.Operator.IN;
import static dev.shiplog.domain.fleet.LabelSelector.Operator.NOT_IN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Samples;
import dev.shiplog.domain.fleet.LabelSelector.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Selectors as in Kubernetes. */
class LabelSelectorTest {

    private static final Map<String, String> SEOUL = Map.of("provider", "gke", "region", "asia");

    @Test
    void anEmptyOneSelectsEverything() {
        assertThat(LabelSelector.ALL.matches(Map.of())).isTrue();
        assertThat(Samples.FLEET.select(ClusterSelection.ALL))
                .containsExactly("eks-virginia", "gke-seoul", "onprem-busan");
    }

    @Test
    void allLabelsHaveToMatch() {
        assertThat(labels("provider", "gke", "region", "asia")).isTrue();
        assertThat(labels("provider", "gke", "region", "us")).isFalse();
        assertThat(labels("tier", "gke")).isFalse();
    }

    @Test
    void expressions() {
        assertThat(expression("provider", IN, "gke", "eks")).isTrue();
        assertThat(expression("provider", IN, "eks")).isFalse();
        assertThat(expression("tier", IN, "gold")).isFalse();
        assertThat(expression("provider", NOT_IN, "eks")).isTrue();
        assertThat(expression("provider", NOT_IN, "gke")).isFalse();
        assertThat(expression("tier", NOT_IN, "gold"))
                .as("also where the key is absent")
                .isTrue();
        assertThat(expression("region", EXISTS)).isTrue();
        assertThat(expression("tier", EXISTS)).isFalse();
        assertThat(expression("tier", DOES_NOT_EXIST)).isTrue();
        assertThat(expression("region", DOES_NOT_EXIST)).isFalse();
    }

    @Test
    void namesAndSelectorBothHaveToMatch() {
        var selection = new ClusterSelection(
                List.of("gke-seoul", "onprem-busan"), new LabelSelector(Map.of("provider", "gke"), List.of()));
        assertThat(Samples.FLEET.select(selection)).containsExactly("gke-seoul");
    }

    private static boolean labels(String... namesAndValues) {
        var labels = new java.util.TreeMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            labels.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new LabelSelector(labels, List.of()).matches(SEOUL);
    }

    private static boolean expression(String key, LabelSelector.Operator operator, String... values) {
        return new LabelSelector(Map.of(), List.of(new Requirement(key, operator, List.of(values)))).matches(SEOUL);
    }
}
