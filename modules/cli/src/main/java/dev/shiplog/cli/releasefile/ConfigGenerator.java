package dev.shiplog.cli.releasefile;

import dev.shiplog.cli.api.ShiplogApi;
import dev.shiplog.cli.releasefile.ReadRelease.ReadObject;
import dev.shiplog.cli.releasefile.Yaml.Mapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Makes ConfigMaps and Secrets from files and literals, as kustomize's generators and {@code --from-file} do. */
final class ConfigGenerator {

    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");

    private final Path folder;
    private final Problems problems;

    /** @param folder that files are named from */
    ConfigGenerator(Path folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    Optional<ReadObject> configMap(Mapping entry, String path) {
        var values = values(entry, path);
        return object(entry, "ConfigMap").map(object -> {
            values.forEach((key, bytes) -> SourceFiles.decode(bytes)
                    .ifPresentOrElse(
                            text -> object.withObject("data").put(key, text),
                            () -> object.withObject("binaryData")
                                    .put(key, Base64.getEncoder().encodeToString(bytes))));
            return new ReadObject(object, new TreeMap<>());
        });
    }

    Optional<ReadObject> secret(Mapping entry, String path) {
        var values = values(entry, path);
        return object(entry, "Secret").map(object -> {
            object.put("type", entry.text("type").orElse("Opaque"));
            return new ReadObject(object, values);
        });
    }

    private static Optional<ObjectNode> object(Mapping entry, String kind) {
        return entry.text("name").map(name -> {
            var object = ShiplogApi.JSON.createObjectNode();
            object.put("apiVersion", "v1");
            object.put("kind", kind);
            object.putObject("metadata").put("name", name);
            return object;
        });
    }

    private SortedMap<String, byte[]> values(Mapping entry, String path) {
        var values = new TreeMap<String, byte[]>();
        for (var item : entry.items("files")) {
            files(item, path + ".files", values);
        }
        for (var item : entry.items("literals")) {
            literal(item, path + ".literals", values);
        }
        if (entry.at("files").isEmpty() && entry.at("literals").isEmpty()) {
            problems.add(entry.place(), path, "has no content; give it files or literals");
        }
        return values;
    }

    /** {@code FILE}, {@code KEY=FILE}, or a folder: all the files in it. */
    private void files(Yaml item, String path, SortedMap<String, byte[]> values) {
        if (!(item instanceof Yaml.Scalar scalar) || !scalar.value().isString()) {
            return;
        }
        var text = scalar.value().stringValue();
        int equals = text.indexOf('=');
        var file = folder.resolve(text.substring(equals + 1)).normalize();
        if (!Files.isDirectory(file)) {
            var key = equals < 0 ? String.valueOf(file.getFileName()) : text.substring(0, equals);
            SourceFiles.bytes(file, item.place(), path, problems)
                    .ifPresent(bytes -> put(key, bytes, item.place(), path, values));
            return;
        }
        if (equals >= 0) {
            problems.add(
                    item.place(),
                    path,
                    text.substring(equals + 1) + " is a folder, it can't have the one key \""
                            + text.substring(0, equals) + "\"; name a file, or leave the key out");
            return;
        }
        try {
            var files = SourceFiles.inFolder(file);
            if (files.isEmpty()) {
                problems.add(item.place(), path, "the folder " + file + " has no files");
            }
            for (var inside : files) {
                SourceFiles.bytes(inside, item.place(), path, problems)
                        .ifPresent(
                                bytes -> put(String.valueOf(inside.getFileName()), bytes, item.place(), path, values));
            }
        } catch (IOException e) {
            problems.add(item.place(), path, file + " can't be read: " + SourceFiles.reason(e));
        }
    }

    private void literal(Yaml item, String path, SortedMap<String, byte[]> values) {
        if (!(item instanceof Yaml.Scalar scalar) || !scalar.value().isString()) {
            return;
        }
        var text = scalar.value().stringValue();
        int equals = text.indexOf('=');
        if (equals < 1) {
            // Not repeated here: it may be the secret itself.
            problems.add(item.place(), path, "has not the form KEY=VALUE");
            return;
        }
        put(
                text.substring(0, equals),
                unquoted(text.substring(equals + 1)).getBytes(StandardCharsets.UTF_8),
                item.place(),
                path,
                values);
    }

    /** As in kustomize, quotes around a whole value are not part of it. */
    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && (isBetween(value, "\"") || isBetween(value, "'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static boolean isBetween(String value, String quote) {
        return value.startsWith(quote) && value.endsWith(quote);
    }

    private void put(String key, byte[] bytes, Place place, String path, SortedMap<String, byte[]> values) {
        if (!KEY.matcher(key).matches()) {
            problems.add(
                    place,
                    path,
                    "\"" + key + "\" can't be a key; only letters, digits, - _ and . are allowed: write KEY=FILE");
        } else if (values.putIfAbsent(key, bytes) != null) {
            problems.add(place, path, "the key \"" + key + "\" is there twice; write KEY=FILE to give one another key");
        }
    }
}
