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
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.RepresentToNode;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trees from YAML and as YAML, as Kubernetes does it: plain words have the meaning that YAML 1.1 gives them ({@link Yaml11}), so they are
 * quoted when written; keys are sorted.
 */
public final class Yaml {
    private static final int MOST_CODE_POINTS = 3_145_728;
    private static final int MOST_NODES = 1_000_000;
    private static final double MOST_WHOLE = 1e15;
    private static final int DEEPEST = 500;
    private static final LoadSettings READ = LoadSettings.builder()
            .setCodePointLimit(MOST_CODE_POINTS)
            .setSchema(new Yaml11())
            .build();
    private static final DumpSettings WRITTEN = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSplitLines(false)
            .build();
    private static final Pattern TIME_OR_SEXAGESIMAL = Pattern.compile("[-+]?[0-9][0-9_.:]*|\\d{4}-\\d\\d?-\\d\\d?.*");

    private Yaml() {}

    /** @throws IllegalArgumentException saying what is wrong with it */
    public static JsonNode read(String text) {
        try {
            return new Tree().of(new Load(READ).loadFromString(text), 0);
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ": ")
                    .orElse("");
            throw new IllegalArgumentException(line + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable"), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("nested too deeply", e);
        }
    }

    public static String of(JsonNode tree) {
        return new Dump(WRITTEN, new Cautious()).dumpToString(plain(tree));
    }

    /** What was loaded, whose anchors may refer to themselves or multiply. */
    private static final class Tree {
        private int nodes;

        JsonNode of(@Nullable Object loaded, int depth) {
            if (depth > DEEPEST || ++nodes > MOST_NODES) {
                throw new IllegalArgumentException(
                        depth > DEEPEST
                                ? "anchor contains itself, or nested too deeply"
                                : "document contains excessive aliasing");
            }
            return switch (loaded) {
                case Map<?, ?> map -> {
                    ObjectNode object = Json.object();
                    map.forEach((key, value) -> object.set(String.valueOf(key), of(value, depth + 1)));
                    yield object;
                }
                case Iterable<?> items -> {
                    ArrayNode array = Json.array();
                    items.forEach(item -> array.add(of(item, depth + 1)));
                    yield array;
                }
                case Double number
                when number == Math.rint(number) && Math.abs(number) < MOST_WHOLE -> Json.number(number.longValue());
                case null, default -> Json.MAPPER.valueToTree(loaded);
            };
        }
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
            super(WRITTEN);
            RepresentToNode usual = Objects.requireNonNull(representers.get(String.class));
            representers.put(
                    String.class,
                    text -> Yaml11.isNoText((String) text)
                                    || TIME_OR_SEXAGESIMAL
                                            .matcher((String) text)
                                            .matches()
                            ? representScalar(Tag.STR, (String) text, ScalarStyle.DOUBLE_QUOTED)
                            : usual.representData(text));
        }
    }
}
