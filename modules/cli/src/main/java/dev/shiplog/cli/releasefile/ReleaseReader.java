package dev.shiplog.cli.releasefile;

import dev.shiplog.cli.api.ShiplogApi;
import dev.shiplog.cli.releasefile.ReadRelease.ReadObject;
import dev.shiplog.cli.releasefile.Yaml.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one document of the kind Release, with all the files that it names. */
final class ReleaseReader {

    static final String API_VERSION = "shiplog.dev/v1";

    /** The members of a spec that objects come from. */
    private static final List<String> OBJECTS = List.of("objects", "configMapGenerator", "secretGenerator");

    private final String file;
    private final Path folder;
    private final Problems problems;
    private final Set<Path> used = new HashSet<>();

    /** @param folder that files are named from */
    ReleaseReader(String file, Path folder, Problems problems) {
        this.file = file;
        this.folder = folder;
        this.problems = problems;
    }

    static boolean isRelease(Mapping document) {
        return document.text("apiVersion").orElse("").startsWith("shiplog.dev/")
                || (document.text("kind").orElse("").equals("Release")
                        && document.text("apiVersion").isEmpty());
    }

    /** The manifests that the release is made of. */
    Set<Path> used() {
        return used;
    }

    /** The release; none if something is wrong, which is among the problems then. */
    Optional<ReadRelease> read(Mapping document, Schema schema) {
        int before = problems.count();
        if (!isOurs(document)) {
            return Optional.empty();
        }
        SchemaCheck.ofOurs(problems).check(document, schema, "");
        var spec = document.mapping("spec");
        if (spec.isEmpty()) {
            return Optional.empty();
        }
        var objects = objects(spec.get());
        var json = json(spec.get());
        var metadata = document.mapping("metadata");
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new ReadRelease(
                        file,
                        metadata.flatMap(map -> map.text("namespace")),
                        metadata.flatMap(map -> map.text("name")).orElse(""),
                        spec.get().text("cause").orElse(""),
                        objects,
                        json));
    }

    private boolean isOurs(Mapping document) {
        var apiVersion = document.text("apiVersion").orElse("");
        if (!apiVersion.isEmpty() && !apiVersion.equals(API_VERSION)) {
            problems.add(
                    document.place("apiVersion"),
                    "apiVersion",
                    "\"" + apiVersion + "\" is not known here; this shiplog reads " + API_VERSION);
            return false;
        }
        var kind = document.text("kind").orElse("Release");
        if (!kind.equals("Release")) {
            problems.add(
                    document.place("kind"), "kind", "a " + kind + " can't be applied; a release has the kind Release");
            return false;
        }
        return true;
    }

    private List<ReadObject> objects(Mapping spec) {
        var objects = new ArrayList<ObjectReader.Placed>();
        var items = spec.items("objects");
        for (int i = 0; i < items.size(); i++) {
            var path = "spec.objects[" + i + "]";
            if (items.get(i) instanceof Mapping inline) {
                objects.addAll(new ObjectReader(problems).read(inline, path));
            } else {
                named(items.get(i), path)
                        .forEach(document -> objects.addAll(new ObjectReader(problems).read(document, "")));
            }
        }
        var generator = new ConfigGenerator(folder, problems);
        generated(spec, "configMapGenerator", generator::configMap, objects);
        generated(spec, "secretGenerator", generator::secret, objects);
        refuseTwins(objects, problems);
        boolean declared =
                OBJECTS.stream().anyMatch(member -> !spec.items(member).isEmpty());
        boolean misspelt = spec.entries().keySet().stream()
                .anyMatch(member ->
                        !OBJECTS.contains(member) && Nearest.to(member, OBJECTS).isPresent());
        if (!declared && !misspelt) {
            problems.add(
                    spec.place(),
                    "spec",
                    "has no objects; a release needs at least one, e.g. objects: [deployment.yaml]");
        }
        return objects.stream().map(ObjectReader.Placed::object).toList();
    }

    private interface Generator {
        Optional<ReadObject> object(Mapping entry, String path);
    }

    private static void generated(Mapping spec, String member, Generator generator, List<ObjectReader.Placed> objects) {
        var entries = spec.items(member);
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof Mapping entry) {
                generator
                        .object(entry, "spec." + member + "[" + i + "]")
                        .ifPresent(object -> objects.add(new ObjectReader.Placed(entry.place(), object)));
            }
        }
    }

    static void refuseTwins(List<ObjectReader.Placed> objects, Problems problems) {
        var seen = new java.util.HashMap<String, Place>();
        for (var placed : objects) {
            var key = placed.object().json().path("apiVersion").asString("") + " " + placed.object();
            var before = seen.putIfAbsent(key, placed.place());
            if (before != null) {
                problems.add(placed.place(), "", placed.object() + " is there twice, first at " + before);
            }
        }
    }

    /** The documents of a file that is named in this one. */
    private List<Yaml> named(Yaml name, String path) {
        if (!(name instanceof Yaml.Scalar scalar) || !scalar.value().isString()) {
            return List.of();
        }
        var target = folder.resolve(scalar.value().stringValue()).normalize();
        used.add(target.toAbsolutePath());
        return SourceFiles.text(target, name.place(), path, problems)
                .map(text -> YamlReader.read(target.toString(), text, problems))
                .orElse(List.of());
    }

    /** Clusters, strategy and overrides, as a command carries them. */
    private ObjectNode json(Mapping spec) {
        var json = ShiplogApi.JSON.createObjectNode();
        spec.mapping("clusters").ifPresent(clusters -> json.set("clusters", clusters.json()));
        spec.mapping("strategy").ifPresent(strategy -> json.set("strategy", strategy(strategy)));
        spec.at("forceConflicts").ifPresent(force -> json.set("forceConflicts", force.json()));
        var overrides = spec.items("overrides");
        for (int i = 0; i < overrides.size(); i++) {
            if (overrides.get(i) instanceof Mapping override) {
                json.withArray("overrides").add(override(override, "spec.overrides[" + i + "]"));
            }
        }
        return json;
    }

    private ObjectNode override(Mapping override, String path) {
        var json = override.json();
        override.mapping("strategy").ifPresent(strategy -> json.set("strategy", strategy(strategy)));
        json.remove("patches");
        var patches = override.items("patches");
        for (int i = 0; i < patches.size(); i++) {
            var patchPath = path + ".patches[" + i + "]";
            var documents =
                    patches.get(i) instanceof Mapping inline ? List.<Yaml>of(inline) : named(patches.get(i), patchPath);
            for (var patch : documents) {
                // As text: exact, where a protobuf Struct would make floating point numbers of all numbers.
                json.withArray("patchesJson").add(ShiplogApi.JSON.writeValueAsString(patch.json()));
            }
        }
        return json;
    }

    /** Amounts are texts in a command, {@code 1} and {@code 25%} alike; a promotion by hand is a member of its own. */
    private static JsonNode strategy(Mapping strategy) {
        var json = strategy.json();
        for (var kind : List.of("rolling", "canary")) {
            for (var amount : List.of("maxSurge", "maxUnavailable")) {
                if (json.path(kind) instanceof ObjectNode moving
                        && moving.path(amount).isNumber()) {
                    moving.put(amount, moving.path(amount).asString());
                }
            }
        }
        if (json.path("blueGreen") instanceof ObjectNode blueGreen
                && blueGreen.path("autoPromotion").isString()) {
            blueGreen.putObject("autoPromotion").put("manual", true);
        }
        return json;
    }
}
