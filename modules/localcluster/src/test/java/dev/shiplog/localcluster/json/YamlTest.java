package dev.shiplog.localcluster.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** YAML as Kubernetes reads it. */
class YamlTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            yes       | true
            n         | false
            Off       | false
            True      | true
            "yes"     | "yes"
            ~         | null
            017       | 15
            0o17      | 15
            0x1F      | 31
            0b11      | 3
            -1_000    | -1000
            0         | 0
            1.5       | 1.5
            .5        | 0.5
            1e2       | 100
            1.2.3     | "1.2.3"
            08        | 8
            0o        | "0o"
            -         | "-"
            12:30     | "12:30"
            2026-01-01| "2026-01-01"
            """)
    void plainWordsMeanWhatYaml11Says(String word, String json) {
        String text = word.equals("-") ? "a: '-'" : "a: " + word;

        assertThat(Yaml.read(text)).hasToString("{\"a\":" + json + "}");
    }

    @Test
    void numbersThatNeedMoreThan64BitsStayWhole() {
        assertThat(Yaml.read("a: 123456789012345678901234567890"))
                .hasToString("{\"a\":123456789012345678901234567890}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "017", "1.5", "~", "2026-01-01", "on", "", "1e2", "0x1F", "null", "a: b", "1_000"})
    void aTextStaysATextThereAndBack(String text) {
        var tree = Json.object().put("a", text);

        assertThat(Yaml.read(Yaml.of(tree))).isEqualTo(tree);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a: &a\\n  b: *a         | anchor contains itself, or nested too deeply
            &a [*a]                | anchor contains itself, or nested too deeply
            a: 1\\nb: 2\\na: 3       | line 3: found duplicate key a
            a: [1                  | line 1: expected ',' or ']', but got <stream end>
            a: *b                  | line 1: found undefined alias b
            """)
    void whatIsWrongIsSaid(String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Yaml.read(text.replace("\\n", "\n")))
                .withMessage(why);
    }

    @Test
    void depthIsBounded() {
        assertThatIllegalArgumentException().isThrownBy(() -> Yaml.read("[".repeat(100_000)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Yaml.read("[".repeat(600) + "]".repeat(600)))
                .withMessageContaining("too deeply");
    }

    @Test
    void aliasesDoNotMultiplyWithoutEnd() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x]\n");
        for (int i = 1; i < 16; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Yaml.read(laughs.toString()))
                .withMessageContaining("excessive aliasing");
    }
}
