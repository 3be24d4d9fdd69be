package dev.shiplog.cli.show;

import dev.shiplog.cli.Failure;
import dev.shiplog.cli.releasefile.Nearest;
import dev.shiplog.cli.releasefile.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells of the fields of a file what their schema says, in the form of {@code kubectl explain}. */
public final class Explanation {

    private static final int TEXT_COLUMNS = 76;
    private final List<Schema> roots;
    private final Paint paint;

    /** @param roots of the files there are, each with its kind as the title */
    public Explanation(List<Schema> roots, Paint paint) {
        this.roots = List.copyOf(roots);
        this.paint = paint;
    }

    /** @param path e.g. {@code release.spec.strategy} */
    public List<String> lines(String path, boolean recursive) {
        var names = List.of(path.replaceAll("\\[\\d*]", "").split("\\.", -1));
        var root = root(names.getFirst());
        var schema = root;
        var at = new StringBuilder(names.getFirst());
        for (var name : names.subList(1, names.size())) {
            schema = below(schema, name, at.toString());
            at.append('.').append(name);
        }
        var lines = new ArrayList<String>();
        lines.add("KIND:     " + root.text("title"));
        lines.add("VERSION:  shiplog.dev/v1");
        lines.add("");
        if (names.size() > 1) {
            lines.add("FIELD: " + paint.strong(names.getLast()) + " <" + type(schema) + ">");
            lines.add("");
        }
        lines.add("DESCRIPTION:");
        described(schema, "  ", lines);
        var fields = fields(schema);
        if (!fields.isEmpty()) {
            lines.add("");
            lines.add("FIELDS:");
            if (recursive) {
                recursively(schema, "  ", lines);
            } else {
                listed(schema, fields, lines);
            }
        }
        return lines;
    }

    private Schema root(String name) {
        return roots.stream()
                .filter(root -> name.equals(kind(root)) || name.equals(kind(root) + "s"))
                .findFirst()
                .orElseThrow(() -> Failure.usage("\"" + name + "\" can't be explained; there are "
                        + roots.stream().map(Explanation::kind).collect(Collectors.joining(" and "))
                        + ", e.g. shiplog explain release.spec.strategy"));
    }

    private static String kind(Schema root) {
        return root.text("title").toLowerCase(Locale.ROOT);
    }

    private static Schema below(Schema schema, String name, String path) {
        var fields = fields(schema);
        var field = fields.get(name);
        if (field != null) {
            return field;
        }
        throw Failure.refused("there is no field \"" + name + "\" in " + path + "; "
                + (fields.isEmpty()
                        ? "it has no fields"
                        : Nearest.to(name, fields.keySet())
                                .map(near -> "did you mean \"" + near + "\"?")
                                .orElse("there are " + String.join(", ", fields.keySet()))));
    }

    /** The fields of an object, or of the objects in a list, in the order of the schema. */
    private static Map<String, Schema> fields(Schema schema) {
        var fields = new LinkedHashMap<String, Schema>();
        for (var name : schema.properties()) {
            schema.property(name).ifPresent(field -> fields.put(name, field));
        }
        schema.items().ifPresent(items -> fields(items).forEach(fields::putIfAbsent));
        schema.alternatives().forEach(alternative -> fields(alternative).forEach(fields::putIfAbsent));
        schema.conjuncts().forEach(part -> fields(part).forEach(fields::putIfAbsent));
        return fields;
    }

    private void listed(Schema schema, Map<String, Schema> fields, List<String> lines) {
        var required = required(schema);
        fields.forEach((name, field) -> {
            lines.add("  " + paint.strong(name) + "\t<" + type(field) + ">"
                    + (required.contains(name) ? " -required-" : ""));
            described(field, "    ", lines);
            lines.add("");
        });
        lines.removeLast();
    }

    private void recursively(Schema schema, String indent, List<String> lines) {
        var required = required(schema);
        fields(schema).forEach((name, field) -> {
            lines.add(indent + paint.strong(name) + "\t<" + type(field) + ">"
                    + (required.contains(name) ? " -required-" : "") + byDefault(field));
            recursively(field, indent + "  ", lines);
        });
    }

    private static List<String> required(Schema schema) {
        var required = new ArrayList<>(schema.required());
        schema.items().ifPresent(items -> required.addAll(items.required()));
        return required;
    }

    private static void described(Schema schema, String indent, List<String> lines) {
        var text = schema.text("description");
        wrapped(text.isEmpty() ? "<none>" : text, indent, lines);
        var defaultValue = byDefault(schema);
        if (!defaultValue.isEmpty()) {
            lines.add(indent + "Default:" + defaultValue.substring(defaultValue.indexOf('=') + 1));
        }
        var choices = schema.keyword("enum");
        if (choices.isArray()) {
            lines.add(indent + "One of: "
                    + choices.valueStream().map(choice -> choice.asString("")).collect(Collectors.joining(", ")));
        }
        var examples = schema.keyword("examples");
        if (examples.isArray() && !examples.isEmpty()) {
            lines.add(indent + "Example: "
                    + (examples.path(0).isString() ? examples.path(0).stringValue() : examples.path(0)));
        }
    }

    private static String byDefault(Schema schema) {
        var value = schema.keyword("default");
        return value.isMissingNode() || (value.isContainer() && value.isEmpty())
                ? ""
                : " = " + (value.isString() ? value.stringValue() : value);
    }

    private static String type(Schema schema) {
        var types = schema.types();
        if (types.isEmpty()) {
            var alternatives = schema.alternatives().stream()
                    .map(Explanation::type)
                    .distinct()
                    .collect(Collectors.joining(" or "));
            return alternatives.isEmpty() ? "any" : alternatives;
        }
        return types.stream().map(type -> named(type, schema)).collect(Collectors.joining(" or "));
    }

    private static String named(String type, Schema schema) {
        return switch (type) {
            case "array" -> "[]" + schema.items().map(Explanation::type).orElse("any");
            case "object" ->
                schema.properties().isEmpty()
                        ? schema.additional()
                                .map(values -> "map[string]" + type(values))
                                .orElse("Object")
                        : "Object";
            default -> type;
        };
    }

    private static void wrapped(String text, String indent, List<String> lines) {
        for (var paragraph : text.split("\n", -1)) {
            var line = new StringBuilder(indent);
            for (var word : paragraph.split(" +", -1)) {
                if (line.length() > indent.length() && line.length() + 1 + word.length() > TEXT_COLUMNS) {
                    lines.add(line.toString());
                    line = new StringBuilder(indent);
                }
                line.append(line.length() > indent.length() ? " " : "").append(word);
            }
            lines.add(line.toString());
        }
    }
}
