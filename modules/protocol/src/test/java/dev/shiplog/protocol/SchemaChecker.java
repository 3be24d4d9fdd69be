package dev.shiplog.protocol;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * As much of JSON Schema 2020-12 as the schema of the release file uses. A keyword that is not known here fails the test:
 * those who read the schema (the command line, its explain) know these and no others.
 */
final class SchemaChecker {

    private static final Set<String> TELLING =
            Set.of("$schema", "$id", "$defs", "title", "description", "default", "examples");

    private final Json.Obj root;

    SchemaChecker(Json.Obj root) {
        this.root = root;
    }

    List<String> problems(Json value, Json.Obj schema, String path) {
        var problems = new ArrayList<String>();
        schema.members().forEach((keyword, argument) -> {
            if (!TELLING.contains(keyword) && !holds(keyword, argument, value, schema, path, problems)) {
                problems.add(path + ": " + JsonText.of(value) + " against " + keyword + " " + JsonText.of(argument));
            }
        });
        return problems;
    }

    Json.Obj resolved(Json.Obj schema) {
        return schema.text("$ref")
                .map(ref -> resolved(root.object("$defs").object(ref.substring("#/$defs/".length()))))
                .orElse(schema);
    }

    private boolean holds(
            String keyword, Json argument, Json value, Json.Obj schema, String path, List<String> problems) {
        switch (keyword) {
            case "type" -> {
                return switch (argument) {
                    case Json.Arr types -> types.items().stream().anyMatch(type -> isOfType(value, type));
                    default -> isOfType(value, argument);
                };
            }
            case "const" -> {
                return value.equals(argument);
            }
            case "enum" -> {
                return ((Json.Arr) argument).items().contains(value);
            }
            case "pattern" -> {
                return !(value instanceof Json.Str text)
                        || Pattern.compile(text(argument)).matcher(text.value()).find();
            }
            case "minLength" -> {
                return !(value instanceof Json.Str text) || text.value().length() >= number(argument);
            }
            case "minimum" -> {
                return !(value instanceof Json.Num num) || num.value().longValueExact() >= number(argument);
            }
            case "maximum" -> {
                return !(value instanceof Json.Num num) || num.value().longValueExact() <= number(argument);
            }
            case "minItems" -> {
                return !(value instanceof Json.Arr list) || list.items().size() >= number(argument);
            }
            case "minProperties" -> {
                return !(value instanceof Json.Obj object) || object.members().size() >= number(argument);
            }
            case "maxProperties" -> {
                return !(value instanceof Json.Obj object) || object.members().size() <= number(argument);
            }
            case "required" -> {
                return !(value instanceof Json.Obj object)
                        || ((Json.Arr) argument)
                                .items().stream()
                                        .allMatch(name -> object.at(text(name)).isPresent());
            }
            case "anyOf" -> {
                return ((Json.Arr) argument)
                        .items().stream()
                                .anyMatch(one ->
                                        problems(value, (Json.Obj) one, path).isEmpty());
            }
            case "$ref" -> problems.addAll(problems(value, resolved(schema), path));
            case "items" -> {
                if (value instanceof Json.Arr list) {
                    list.items().forEach(item -> problems.addAll(problems(item, (Json.Obj) argument, path + "[]")));
                }
            }
            case "properties" -> {
                if (value instanceof Json.Obj object) {
                    ((Json.Obj) argument)
                            .members()
                            .forEach((name, property) -> object.at(name)
                                    .ifPresent(member ->
                                            problems.addAll(problems(member, (Json.Obj) property, path + "." + name))));
                }
            }
            case "additionalProperties" -> {
                if (value instanceof Json.Obj object) {
                    object.members().forEach((name, member) -> {
                        if (schema.object("properties").at(name).isEmpty()) {
                            if (argument instanceof Json.Obj additional) {
                                problems.addAll(problems(member, additional, path + "." + name));
                            } else if (argument.equals(Json.bool(false))) {
                                problems.add(path + "." + name + ": unknown field");
                            }
                        }
                    });
                }
            }
            default -> throw new IllegalStateException(path + ": the keyword " + keyword + " is not known");
        }
        return true;
    }

    private static boolean isOfType(Json value, Json type) {
        return switch (value) {
            case Json.Obj ignored -> text(type).equals("object");
            case Json.Arr ignored -> text(type).equals("array");
            case Json.Str ignored -> text(type).equals("string");
            case Json.Bool ignored -> text(type).equals("boolean");
            case Json.Num num ->
                text(type).equals("number")
                        || (text(type).equals("integer") && num.value().scale() <= 0);
            case Json.Null ignored -> text(type).equals("null");
        };
    }

    private static String text(Json value) {
        return ((Json.Str) value).value();
    }

    private static long number(Json value) {
        return ((Json.Num) value).value().longValueExact();
    }
}
