package dev.shiplog.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PodNameTest {

    private static final List<String> HELLO = List.of("hello", "hello-canary", "hello-blue", "hello-green");

    @Test
    void theDeploymentIsWhatComesBeforeTheHash() {
        assertThat(deployment("hello-5d8f7c9b4-x2x9z", HELLO)).isEqualTo("hello");
        assertThat(deployment("hello-canary-5d8f7c9b4-x2x9z", HELLO)).isEqualTo("hello-canary");
        assertThat(deployment("hello-green-6f7c9b4d5f-bcdfg", HELLO)).isEqualTo("hello-green");
    }

    @Test
    void oneThatIsNotKnownIsGuessedFromTheName() {
        assertThat(deployment("by-hand-5d8f7c9b4-x2x9z", HELLO)).isEqualTo("by-hand");
        assertThat(deployment("hello-blue-5d8f7c9b4-x2x9z", List.of("hello"))).isEqualTo("hello-blue");
    }

    @Test
    void whatIsNoDeploymentsHasNoName() {
        assertThat(deployment("lonely", HELLO)).isEmpty();
        assertThat(deployment("hello-0", HELLO)).isEmpty();
        assertThat(deployment("", HELLO)).isEmpty();
    }

    /** 53 characters is the longest name whose pods can be told from those of its canary and its colours. */
    @Test
    void cutNamesAreToldApartAsLongAsThereIsALetterToTellThemBy() {
        var name = "h".repeat(53);
        var known = List.of(name, name + "-canary", name + "-blue", name + "-green");
        for (var each : known) {
            assertThat(deployment(cut(each + "-5d8f7c9b4-") + "x2x9z", known)).isEqualTo(each);
        }
    }

    @Test
    void aCutNameThatMayBeSeveralOnesIsNobodys() {
        var name = "h".repeat(60);
        assertThat(deployment(cut(name + "-5d8f7c9b4-") + "x2x9z", List.of(name)))
                .isEqualTo(name);
        assertThat(deployment(cut(name + "-5d8f7c9b4-") + "x2x9z", List.of(name, name + "-canary")))
                .isEmpty();
    }

    private static String deployment(String pod, List<String> known) {
        return PodName.deployment(PodName.stem(pod), known);
    }

    /** As the API server cuts what it adds five characters to. */
    private static String cut(String beginning) {
        return beginning.substring(0, Math.min(58, beginning.length()));
    }
}
