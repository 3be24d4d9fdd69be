package dev.shiplog.cli.releasefile;

import dev.shiplog.cli.releasefile.ReadRelease.ReadObject;
import dev.shiplog.cli.releasefile.Yaml.Mapping;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes Kubernetes objects out of documents: lists are unfolded, fields are held against the model of their kind, and of a Secret the values are taken apart, so that they
 * can be sealed.
 */
final class ObjectReader {

    /** An object and where it stands. */
    record Placed(Place place, ReadObject object) {}

    private final Problems problems;

    ObjectReader(Problems problems) {
        this.problems = problems;
    }

    List<Placed> read(Yaml document, String path) {
        if (!(document instanceof Mapping mapping)) {
            problems.add(document.place(), path, "expected a Kubernetes object, found " + document.described());
            return List.of();
        }
        var kind = mapping.text("kind");
        if (kind.filter(name -> name.equals("List")).isPresent()) {
            var objects = new ArrayList<Placed>();
            mapping.items("items").forEach(item -> objects.addAll(read(item, path)));
            return objects;
        }
        if (ReleaseReader.isRelease(mapping)) {
            problems.add(
                    mapping.place(),
                    path,
                    "is a Release; a release is made of Kubernetes objects, apply this file by itself");
            return List.of();
        }
        Schema.ofObject(mapping.text("apiVersion").orElse(""), kind.orElse(""))
                .ifPresent(schema -> SchemaCheck.ofKubernetes(problems).check(mapping, schema, path));
        boolean named = isNamed(mapping, path);
        return named
                ? object(mapping, path)
                        .map(object -> List.of(new Placed(mapping.place(), object)))
                        .orElse(List.of())
                : List.of();
    }

    private boolean isNamed(Mapping mapping, String path) {
        var named = true;
        for (var field : List.of("apiVersion", "kind")) {
            if (mapping.text(field).filter(text -> !text.isEmpty()).isEmpty()) {
                problems.add(mapping.place(), join(path, field), "is missing; every Kubernetes object has it");
                named = false;
            }
        }
        var metadata = mapping.mapping("metadata");
        if (metadata.flatMap(map -> map.text("name"))
                .filter(name -> !name.isEmpty())
                .isEmpty()) {
            var place = metadata.map(Mapping::place).orElse(mapping.place());
            var generated = metadata.flatMap(map -> map.at("generateName")).isPresent();
            problems.add(
                    place,
                    join(path, "metadata.name"),
                    generated
                            ? "is missing; generateName would make another object at every release"
                            : "is missing; the " + mapping.text("kind").orElse("object") + " needs a name");
            named = false;
        }
        return named;
    }

    private Optional<ReadObject> object(Mapping mapping, String path) {
        var json = mapping.json();
        boolean secret = mapping.text("kind").equals(Optional.of("Secret"))
                && mapping.text("apiVersion").equals(Optional.of("v1"));
        return Optional.of(new ReadObject(json, secret ? secretValues(mapping, json, path) : new TreeMap<>()));
    }

    private SortedMap<String, byte[]> secretValues(Mapping mapping, ObjectNode json, String path) {
        var values = new TreeMap<String, byte[]>();
        each(mapping, "data", path, (name, scalar) -> {
            try {
                var text = scalar.value().asString("").replaceAll("\\s", "");
                values.put(name, Base64.getDecoder().decode(text));
            } catch (IllegalArgumentException e) {
                problems.add(
                        scalar.place(),
                        join(path, "data." + name),
                        "is not base64; put a value in the clear under stringData");
            }
        });
        each(
                mapping,
                "stringData",
                path,
                (name, scalar) -> values.put(name, scalar.value().asString("").getBytes(StandardCharsets.UTF_8)));
        json.remove("data");
        json.remove("stringData");
        return values;
    }

    private void each(
            Mapping mapping, String member, String path, java.util.function.BiConsumer<String, Yaml.Scalar> value) {
        mapping.mapping(member)
                .ifPresent(entries -> entries.entries().forEach((name, entry) -> {
                    if (entry.value() instanceof Yaml.Scalar scalar
                            && (scalar.value().isString() || scalar.value().isNull())) {
                        value.accept(name, scalar);
                    } else {
                        // Not described by its value: it is meant to be secret.
                        problems.add(
                                entry.value().place(),
                                join(path, member + "." + name),
                                "expected a text; put it in quotes");
                    }
                }));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
