package dev.shiplog.kubernetes.quantity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.json.JsonText;
import dev.shiplog.kubernetes.json.JsonReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "0.2, 200m",
        "200m, 200m",
        "1000m, 1",
        "1500m, 1500m",
        "1, 1",
        "+1.50, 1500m",
        ".5, 500m",
        "0, 0",
        "0.0, 0",
        "0Ki, 0",
        "-0.2, -200m",
        "10240Ki, 10Mi",
        "10Mi, 10Mi",
        "1024Mi, 1Gi",
        "1.5Gi, 1536Mi",
        "0.5Gi, 512Mi",
        "1025Ki, 1025Ki",
        "1536, 1536",
        "0.1Ki, 102400m",
        "1000k, 1M",
        "100000, 100k",
        "128000000, 128M",
        "1e3, 1e3",
        "1E5, 100e3",
        "100e-3, 100e-3",
        "5e0, 5",
        "1u, 1u",
        "0.0000000001, 1n",
        "7E, 7E",
        "1Ei, 1Ei"
    })
    void isWrittenAsTheApiServerStoresIt(String written, String canonical) {
        assertThat(Quantity.canonical(written)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "1 Gi", "1gi", "0x10", "1Kib", "1.2.3", "ten", "1e", "--1"})
    void otherTextIsLeftToTheApiServer(String written) {
        assertThat(Quantity.canonical(written)).isEmpty();
    }

    @Test
    void areFoundWhereverABuiltInKindHasThem() {
        assertThat(canonical("""
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"labels":{"limits":"0.20"}},
                 "spec":{"selector":{"matchLabels":{"divisor":"1.0"}},"template":{"spec":{
                   "initContainers":[{"resources":{"requests":{"cpu":0.2,"memory":"10240Ki"}}}],
                   "containers":[{"resources":{"limits":{"cpu":1,"nvidia.com/gpu":"2.0"}},"env":[{"value":"0.2"}]}],
                   "volumes":[{"emptyDir":{"sizeLimit":"1024Mi"}}]}}}}""")).isEqualTo("""
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"labels":{"limits":"0.20"}},\
                "spec":{"selector":{"matchLabels":{"divisor":"1.0"}},"template":{"spec":{\
                "initContainers":[{"resources":{"requests":{"cpu":"200m","memory":"10Mi"}}}],\
                "containers":[{"resources":{"limits":{"cpu":"1","nvidia.com/gpu":"2"}},"env":[{"value":"0.2"}]}],\
                "volumes":[{"emptyDir":{"sizeLimit":"1Gi"}}]}}}}""");
    }

    @Test
    void areLeftAloneInKindsThatOnlyTheirAuthorUnderstands() {
        var custom = "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Thing\",\"spec\":{\"limits\":{\"cpu\":0.2}}}";
        assertThat(canonical(custom)).isEqualTo(custom);
    }

    private static String canonical(String json) {
        Json.Obj object = JsonReader.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        return JsonText.of(CanonicalQuantities.in(object));
    }
}
