package dev.shiplog.kubernetes.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.json.Json;
import dev.shiplog.kubernetes.json.JsonReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodNeedsTest {

    /** Containers as {@code name*request}; {@code +} runs beside those after it, {@code /} limits only. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Containers run side by side                   |                          | a*200m b*0.3    | 500m
            A limit without a request is the request      |                          | a/200m          | 200m
            A container may ask for nothing               |                          | a*200m b        | 200m
            Init containers run one after another         | i*500m j*600m            | a*200m          | 600m
            A small init container costs nothing          | i*100m                   | a*200m          | 200m
            A sidecar runs beside the containers          | s+100m                   | a*200m          | 300m
            An init container runs beside earlier sidecars | i*500m s+300m j*400m    | a*200m          | 700m
            Later sidecars don't count for earlier ones   | i*500m s+300m            | a*100m          | 500m
            """)
    void processorTime(String sentence, String init, String containers, String expected) {
        var spec = """
                {"initContainers":[%s],"containers":[%s]}""".formatted(listed(init), listed(containers));
        assertThat(Amounts.text("cpu", PodNeeds.of(json(spec)).requests().of("cpu")))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            The runtime's overhead is added  | {"overhead":{"cpu":"50m"},"containers":[{"resources":{"requests":{"cpu":"200m"}}}]} | 250m
            What is said of the whole pod goes before its containers | {"resources":{"requests":{"cpu":"1"}},"containers":[{"resources":{"requests":{"cpu":"200m"}}}]} | 1
            """)
    void ofThePodAsAWhole(String sentence, String spec, String expected) {
        assertThat(Amounts.text("cpu", PodNeeds.of(json(spec)).requests().of("cpu")))
                .isEqualTo(expected);
    }

    private static String listed(String containers) {
        if (containers == null) {
            return "";
        }
        return java.util.Arrays.stream(containers.split(" "))
                .map(PodNeedsTest::container)
                .collect(java.util.stream.Collectors.joining(","));
    }

    private static String container(String word) {
        var amount = word.replaceFirst("^[a-z][*+/]?", "");
        var stays = word.contains("+") ? "\"restartPolicy\":\"Always\"," : "";
        var kind = word.contains("/") ? "limits" : "requests";
        return amount.isEmpty() ? "{}" : "{%s\"resources\":{\"%s\":{\"cpu\":\"%s\"}}}".formatted(stays, kind, amount);
    }

    private static Json.Obj json(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
