package dev.shiplog.domain.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.domain.json.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {

    @Test
    void isANumberOfPodsOrAShare() {
        assertThat(Amount.parse("3")).isEqualTo(Amount.pods(3)).hasToString("3");
        assertThat(Amount.parse(" 25% ")).isEqualTo(Amount.percent(25)).hasToString("25%");
        assertThat(JsonText.of(Amount.pods(3).toJson())).isEqualTo("3");
        assertThat(JsonText.of(Amount.percent(25).toJson())).isEqualTo("\"25%\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "25 %", "%", "a quarter", "99999999999"})
    void isNothingElse(String text) {
        assertThatThrownBy(() -> Amount.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is neither a number of pods such as 1 nor a share such as 25%");
    }
}
