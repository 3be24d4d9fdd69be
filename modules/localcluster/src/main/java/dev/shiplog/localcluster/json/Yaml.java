package dev.shiplog.localcluster.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.RepresentToNode;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;
import tools.jackson.databind.JsonNode;

/** Trees as YAML, with sorted keys, as kubectl writes it. What YAML 1.1 would take for something else is quoted. */
public final class Yaml {
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSplitLines(false)
            .build();
    private static final Pattern OTHER_IN_1_1 =
            Pattern.compile("(?i)y|n|yes|no|on|off|[-+]?0[0-7_]+|[-+]?[0-9][0-9_.:]*|\\d{4}-\\d\\d?-\\d\\d?.*");

    private Yaml() {}

    public static String of(JsonNode tree) {
        return new Dump(SETTINGS, new Cautious()).dumpToString(plain(tree));
    }

    private static @Nullable Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> map = new TreeMap<>();
                node.forEachEntry((name, value) -> map.put(name, plain(value)));
                yield map;
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                node.forEach(item -> list.add(plain(item)));
                yield list;
            }
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case STRING -> node.stringValue();
            default -> null;
        };
    }

    private static final class Cautious extends StandardRepresenter {
        Cautious() {
            super(SETTINGS);
            RepresentToNode usual = Objects.requireNonNull(representers.get(String.class));
            representers.put(
                    String.class,
                    text -> OTHER_IN_1_1.matcher((String) text).matches()
                            ? representScalar(Tag.STR, (String) text, ScalarStyle.DOUBLE_QUOTED)
                            : usual.representData(text));
        }
    }
}
