package dev.shiplog.cli.releasefile;

import dev.shiplog.cli.releasefile.Yaml.Mapping;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Holds a document against the JSON Schema of its kind and says what is wrong in words: unknown fields with the
 * nearest right name, wrong types, what is missing. It knows the keywords that our schemas use.
 *
 * <p>Kubernetes objects are for their clusters to judge, which may be newer than our schema: a field is refused here only
 * where a known one was probably meant, and a null is as good as nothing, as to kubectl.
 */
final class SchemaCheck {

    /** A longer example would hide what is wrong. */
    private static final int SHORT = 30;

    private final Problems problems;
    private final boolean ours;

    private SchemaCheck(Problems problems, boolean ours) {
        this.problems = problems;
        this.ours = ours;
    }

    static SchemaCheck ofOurs(Problems problems) {
        return new SchemaCheck(problems, true);
    }

    static SchemaCheck ofKubernetes(Problems problems) {
        return new SchemaCheck(problems, false);
    }

    void check(Yaml value, Schema schema, String path) {
        if (value instanceof Yaml.Scalar scalar && scalar.value().isNull()) {
            if (ours) {
                problems.add(value.place(), path, "is empty; give it " + expected(schema) + ", or leave it out");
            }
            return;
        }
        if (!typeFits(value, schema)) {
            problems.add(
                    value.place(),
                    path,
                    "expected " + expected(schema) + ", found " + value.described() + hint(value, schema));
            return;
        }
        switch (value) {
            case Mapping mapping -> members(mapping, schema, path);
            case Yaml.Sequence sequence -> items(sequence, schema, path);
            case Yaml.Scalar scalar -> scalar(scalar, schema, path);
        }
        schema.conjuncts().forEach(part -> check(value, part, path));
        alternatives(value, schema, path);
    }

    private void alternatives(Yaml value, Schema schema, String path) {
        var alternatives = schema.alternatives();
        if (alternatives.isEmpty()) {
            return;
        }
        var candidates = alternatives.stream()
                .filter(alternative -> typeFits(value, alternative))
                .toList();
        Problems fewest = null;
        for (var candidate : candidates) {
            var found = new Problems();
            new SchemaCheck(found, ours).check(value, candidate, path);
            if (fewest == null || found.count() < fewest.count()) {
                fewest = found;
            }
        }
        boolean isOtherWord = value instanceof Yaml.Scalar
                && candidates.stream()
                        .noneMatch(candidate -> candidate.keyword("const").isMissingNode());
        if (fewest != null && fewest.count() > 0 && isOtherWord) {
            problems.add(value.place(), path, "is " + value.json() + ", must be " + forms(schema));
        } else if (fewest != null) {
            problems.addAll(fewest);
        }
    }

    /** {@code "manual" or {after: 5m}}: the words, and what else there may be. */
    private static String forms(Schema schema) {
        return schema.keyword("examples")
                .valueStream()
                .map(example -> example.isString() ? example.toString() : flow(example))
                .collect(Collectors.joining(" or "));
    }

    private static boolean typeFits(Yaml value, Schema schema) {
        var types = schema.types();
        if (types.isEmpty()) {
            var alternatives = schema.alternatives();
            return alternatives.isEmpty()
                    || alternatives.stream().anyMatch(alternative -> typeFits(value, alternative));
        }
        return types.stream().anyMatch(type -> switch (type) {
            case "object" -> value instanceof Mapping;
            case "array" -> value instanceof Yaml.Sequence;
            case "string" ->
                value instanceof Yaml.Scalar scalar && scalar.value().isString();
            case "integer" ->
                value instanceof Yaml.Scalar scalar && scalar.value().isIntegralNumber();
            case "number" ->
                value instanceof Yaml.Scalar scalar && scalar.value().isNumber();
            case "boolean" ->
                value instanceof Yaml.Scalar scalar && scalar.value().isBoolean();
            case "null" -> value instanceof Yaml.Scalar scalar && scalar.value().isNull();
            default -> throw new IllegalStateException("the schema has the unknown type " + type);
        });
    }

    private static String expected(Schema schema) {
        var types = schema.types().isEmpty()
                ? schema.alternatives().stream()
                        .flatMap(alternative -> alternative.types().stream())
                        .distinct()
                        .toList()
                : schema.types();
        return types.stream().map(SchemaCheck::described).collect(Collectors.joining(" or "));
    }

    private static String described(String type) {
        return switch (type) {
            case "object" -> "a mapping";
            case "array" -> "a list";
            case "string" -> "a text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            default -> type;
        };
    }

    private static String hint(Yaml value, Schema schema) {
        boolean text = schema.types().contains("string");
        if (text
                && value instanceof Yaml.Scalar scalar
                && (scalar.value().isNumber() || scalar.value().isBoolean())) {
            var example = schema.keyword("examples").path(0).asString("");
            return schema.keyword("pattern").isMissingNode() || example.isEmpty()
                    ? "; put it in quotes"
                    : "; write it in a form such as " + example;
        }
        if (schema.types().equals(List.of("object")) && !(value instanceof Mapping)) {
            var example = flow(schema.keyword("examples").path(0));
            return example.isEmpty() || example.length() > SHORT ? "" : "; write " + example;
        }
        return schema.types().equals(List.of("array")) && !(value instanceof Mapping)
                ? "; write [" + value.json().asString("…") + "]"
                : "";
    }

    /** {@code {duration: 5m}}. */
    private static String flow(JsonNode example) {
        return example.toString().replace("\"", "").replace(":", ": ").replace(",", ", ");
    }

    private void members(Mapping mapping, Schema schema, String path) {
        for (var required : schema.required()) {
            if (mapping.at(required).isEmpty()) {
                problems.add(mapping.place(), join(path, required), "is missing");
            }
        }
        mapping.entries().forEach((name, entry) -> {
            var property = schema.property(name);
            if (property.isPresent()) {
                check(entry.value(), property.get(), join(path, name));
            } else if (schema.isClosed()
                    && (ours || Nearest.to(name, schema.properties()).isPresent())) {
                problems.add(entry.key(), join(path, name), unknown(name, path, schema));
            }
        });
        int least = schema.keyword("minProperties").asInt(0);
        int most = schema.keyword("maxProperties").asInt(Integer.MAX_VALUE);
        int size = mapping.entries().size();
        if (size < least || size > most) {
            var count = least == most ? "exactly " + least : size < least ? "at least " + least : "at most " + most;
            var names = schema.properties().isEmpty() ? "" : " of " + String.join(", ", schema.properties());
            problems.add(mapping.place(), path, "needs " + count + names + ", has " + size);
        }
    }

    private void items(Yaml.Sequence sequence, Schema schema, String path) {
        int least = schema.keyword("minItems").asInt(0);
        if (sequence.items().size() < least) {
            problems.add(
                    sequence.place(),
                    path,
                    "needs at least " + least + ", has " + sequence.items().size());
        }
        schema.items().ifPresent(items -> {
            for (int i = 0; i < sequence.items().size(); i++) {
                check(sequence.items().get(i), items, path + "[" + i + "]");
            }
        });
    }

    private void scalar(Yaml.Scalar scalar, Schema schema, String path) {
        var value = scalar.value();
        var constant = schema.keyword("const");
        if (!constant.isMissingNode() && !constant.equals(value)) {
            problems.add(scalar.place(), path, "is " + value + ", must be " + constant);
        }
        var choices = schema.keyword("enum");
        if (choices.isArray() && choices.valueStream().noneMatch(value::equals)) {
            var names = choices.valueStream().map(choice -> choice.asString("")).toList();
            problems.add(scalar.place(), path, value + " is not known; " + meant(value.asString(""), names));
        }
        if (value.isNumber()) {
            var least = schema.keyword("minimum");
            if (least.isNumber() && value.decimalValue().compareTo(least.decimalValue()) < 0) {
                problems.add(scalar.place(), path, "must be " + least + " or more, is " + value);
            }
            var above = schema.keyword("exclusiveMinimum");
            if (above.isNumber() && value.decimalValue().compareTo(above.decimalValue()) <= 0) {
                problems.add(scalar.place(), path, "must be more than " + above + ", is " + value);
            }
            var most = schema.keyword("maximum");
            if (most.isNumber() && value.decimalValue().compareTo(most.decimalValue()) > 0) {
                problems.add(scalar.place(), path, "must be " + most + " or less, is " + value);
            }
        }
        if (value.isString()) {
            text(scalar, value.stringValue(), schema, path);
        }
    }

    private void text(Yaml.Scalar scalar, String text, Schema schema, String path) {
        if (text.length() < schema.keyword("minLength").asInt(0)) {
            problems.add(scalar.place(), path, "must not be empty");
            return;
        }
        int most = schema.keyword("maxLength").asInt(Integer.MAX_VALUE);
        if (text.length() > most) {
            problems.add(scalar.place(), path, "is longer than " + most + " letters");
        }
        var pattern = schema.text("pattern");
        if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).find()) {
            var example = schema.keyword("examples").path(0);
            problems.add(
                    scalar.place(),
                    path,
                    "\"" + text + "\" has not the right form"
                            + (example.isMissingNode()
                                    ? " (" + pattern + ")"
                                    : "; write it as " + example.asString("")));
        }
    }

    private static String unknown(String name, String path, Schema schema) {
        return name.equalsIgnoreCase("analysis") && path.contains("strategy")
                ? "analysis of metrics comes later; use pause, and promote when the metrics are good"
                : "unknown field; " + meant(name, schema.properties());
    }

    private static String meant(String name, List<String> known) {
        return Nearest.to(name, known)
                .map(nearest -> "did you mean \"" + nearest + "\"?")
                .orElseGet(() -> "there are " + String.join(", ", known));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
