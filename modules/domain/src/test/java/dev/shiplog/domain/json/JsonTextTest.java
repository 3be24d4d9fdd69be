package dev.shiplog.domain.json;

import static dev.shiplog.domain.Samples.list;
import static dev.shiplog.domain.Samples.obj;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    @Test
    void isCompactAndInOrder() {
        assertThat(JsonText.of(obj("b", 1, "a", list(true, Json.Null.NULL, new Json.Num(new BigDecimal("0.50"))))))
                .isEqualTo("{\"b\":1,\"a\":[true,null,0.50]}");
    }

    @Test
    void escapesWhatHasToBeEscaped() {
        assertThat(JsonText.of(Json.text("a\"b\\c\nd\te\r\u0001"))).isEqualTo("\"a\\\"b\\\\c\\nd\\te\\r\\u0001\"");
    }
}
