package dev.shiplog.cli.show;

import dev.shiplog.cli.Failure;
import dev.shiplog.cli.api.ShiplogApi;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;

/** In which form something is shown. */
public enum Output {
    TABLE,
    WIDE,
    JSON,
    YAML,
    NAME;

    public static Output of(@Nullable String word) {
        if (word == null || word.isEmpty()) {
            return TABLE;
        }
        return Arrays.stream(values())
                .filter(output -> output != TABLE && output.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Failure.usage("unknown output format \"" + word + "\" for -o; there are "
                        + Arrays.stream(values())
                                .filter(output -> output != TABLE)
                                .map(Output::word)
                                .collect(Collectors.joining(", "))));
    }

    /** For programs: the whole of it, as the API says it. */
    public boolean isDocument() {
        return this == JSON || this == YAML;
    }

    public String document(JsonNode json) {
        return this == YAML
                ? yaml(json)
                : ShiplogApi.JSON
                        .writer()
                        .with(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(json);
    }

    private static String yaml(JsonNode json) {
        var settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setSplitLines(false)
                .build();
        return new Dump(settings).dumpToString(plain(json)).stripTrailing();
    }

    @SuppressWarnings("NullAway") // JSON's null is Java's null in the tree that is dumped.
    private static @Nullable Object plain(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                json.properties().forEach(member -> members.put(member.getKey(), plain(member.getValue())));
                yield members;
            }
            case ARRAY -> {
                List<@Nullable Object> items = new java.util.ArrayList<>();
                json.forEach(item -> items.add(plain(item)));
                yield items;
            }
            case STRING -> json.stringValue();
            case NUMBER -> json.numberValue();
            case BOOLEAN -> json.booleanValue();
            case NULL, MISSING, BINARY, POJO -> null;
        };
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
