package dev.shiplog.cli.releasefile;

import dev.shiplog.cli.releasefile.Yaml.Mapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * Reads the documents of a YAML (or JSON) file. Anchors, aliases and merge keys are resolved; what has no JSON (another
 * tag, a key that is no text, a value that contains itself) is a problem. A document grows to {@value #VALUES_MAX} values
 * at most, so that aliases of aliases can't fill the memory.
 */
final class YamlReader {

    private static final int VALUES_MAX = 200_000;
    private static final int CHARACTERS_MAX = 8 << 20;
    private static final Schema KUBECTL = new Schema() {
        @Override
        public ScalarResolver getScalarResolver() {
            return new KubectlScalars();
        }

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            return Map.of();
        }
    };

    private final String file;
    private final Problems problems;
    private final Set<Node> open = new HashSet<>();
    private int values;

    private YamlReader(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The documents that are not empty. */
    static List<Yaml> read(String file, String text, Problems problems) {
        var settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(KUBECTL)
                .setCodePointLimit(CHARACTERS_MAX)
                .build();
        var documents = new ArrayList<Yaml>();
        try {
            for (var node : new Compose(settings).composeAllFromString(text)) {
                boolean empty =
                        node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
                if (!empty) {
                    new YamlReader(file, problems).value(node).ifPresent(documents::add);
                }
            }
        } catch (MarkedYamlEngineException e) {
            var place = e.getProblemMark()
                    .or(e::getContextMark)
                    .map(mark -> place(file, mark))
                    .orElse(Place.startOf(file));
            problems.add(place, "", "malformed YAML: " + sentence(e));
        } catch (YamlEngineException e) {
            problems.add(Place.startOf(file), "", "malformed YAML: " + firstLine(String.valueOf(e.getMessage())));
        }
        return documents;
    }

    private static String sentence(MarkedYamlEngineException e) {
        var context = e.getContext();
        var problem = String.valueOf(e.getProblem());
        return context == null || context.isBlank() ? problem : context + ", " + problem;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }

    private Optional<Yaml> value(Node node) {
        var place = place(node);
        if (++values > VALUES_MAX) {
            if (values == VALUES_MAX + 1) {
                problems.add(place, "", "more than " + VALUES_MAX + " values; is an alias used again and again?");
            }
            return Optional.empty();
        }
        if (!open.add(node)) {
            problems.add(place, "", "the value contains itself by an alias");
            return Optional.empty();
        }
        try {
            return switch (node) {
                case MappingNode mapping -> Optional.of(new Mapping(place, entries(mapping)));
                case SequenceNode sequence -> {
                    var items = new ArrayList<Yaml>();
                    sequence.getValue().forEach(item -> value(item).ifPresent(items::add));
                    yield Optional.of(new Yaml.Sequence(place, items));
                }
                case ScalarNode scalar -> scalar(scalar);
                default -> Optional.empty();
            };
        } finally {
            open.remove(node);
        }
    }

    private Optional<Yaml> scalar(ScalarNode node) {
        var value = KubectlScalars.value(node.getTag(), node.getValue());
        if (value.isEmpty()) {
            problems.add(
                    place(node),
                    "",
                    "\"" + node.getValue() + "\" with the tag " + node.getTag()
                            + " is not understood; leave the tag out");
        }
        return value.map(json -> new Yaml.Scalar(place(node), json));
    }

    private SequencedMap<String, Mapping.Entry> entries(MappingNode node) {
        var entries = new LinkedHashMap<String, Mapping.Entry>();
        var merged = new LinkedHashMap<String, Mapping.Entry>();
        for (var tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(place(tuple.getKeyNode()), "", "a key must be a text");
                continue;
            }
            var place = place(key);
            if (key.isPlain() && key.getValue().equals("<<")) {
                merge(tuple.getValueNode(), merged);
                continue;
            }
            var before = entries.get(key.getValue());
            if (before != null) {
                problems.add(
                        place,
                        "",
                        "\"" + key.getValue() + "\" is there twice, first in line "
                                + before.key().line() + "; leave one of them");
                continue;
            }
            value(tuple.getValueNode())
                    .ifPresent(value -> entries.put(key.getValue(), new Mapping.Entry(place, value)));
        }
        merged.forEach(entries::putIfAbsent);
        return entries;
    }

    /** A merge key takes in another mapping, or several; earlier ones win. */
    private void merge(Node from, Map<String, Mapping.Entry> into) {
        switch (value(from).orElse(null)) {
            case Mapping mapping -> mapping.entries().forEach(into::putIfAbsent);
            case Yaml.Sequence sequence -> {
                for (var item : sequence.items()) {
                    if (item instanceof Mapping mapping) {
                        mapping.entries().forEach(into::putIfAbsent);
                    }
                }
            }
            case null, default -> problems.add(place(from), "", "a merge key (<<) takes a mapping");
        }
    }

    private Place place(Node node) {
        return node.getStartMark().map(mark -> place(file, mark)).orElse(Place.startOf(file));
    }

    private static Place place(String file, Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
