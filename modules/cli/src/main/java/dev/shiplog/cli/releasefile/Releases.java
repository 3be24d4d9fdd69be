package dev.shiplog.cli.releasefile;

import dev.shiplog.cli.Failure;
import dev.shiplog.cli.api.ShiplogApi;
import dev.shiplog.cli.releasefile.Yaml.Mapping;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what {@code apply -f} names: each Release document is a release; all other Kubernetes objects together are one
 * more, of the application that has the name of their Deployment, to the whole fleet with defaults. Everything is read and
 * checked before anything is given back, and all problems are told at once.
 */
public final class Releases {

    private final Problems problems = new Problems();
    private final Set<Path> used = new HashSet<>();
    private final List<ReadRelease> releases = new ArrayList<>();
    private final Map<Path, List<Yaml>> plain = new LinkedHashMap<>();
    private final Path workingFolder;

    private Releases(Path workingFolder) {
        this.workingFolder = workingFolder;
    }

    /** @param names files, folders, or {@code -} for the standard input */
    public static List<ReadRelease> read(List<String> names, InputStream stdin, Path workingFolder) {
        var read = new Releases(workingFolder);
        for (var name : names) {
            read.source(name, stdin);
        }
        read.plainObjects();
        read.problems.refuse();
        if (read.releases.isEmpty()) {
            throw Failure.refused(String.join(", ", names) + ": there is nothing to apply in it");
        }
        return read.releases;
    }

    private void source(String name, InputStream stdin) {
        if (name.equals("-")) {
            documents("-", workingFolder.resolve("-"), SourceFiles.text(stdin));
            return;
        }
        var path = workingFolder.resolve(name);
        if (Files.isDirectory(path)) {
            var files = SourceFiles.manifests(path);
            if (files.isEmpty()) {
                throw Failure.refused(name + ": the folder has no .yaml, .yml or .json file");
            }
            files.forEach(file -> file(Path.of(name).resolve(file.getFileName()).toString(), file));
        } else if (Files.exists(path)) {
            file(name, path);
        } else {
            throw Failure.refused(name + ": there is no such file or folder" + SourceFiles.similar(path));
        }
    }

    private void file(String name, Path path) {
        SourceFiles.text(path, Place.startOf(name), "", problems).ifPresent(text -> documents(name, path, text));
    }

    private void documents(String name, Path path, String text) {
        var documents = YamlReader.read(name, text, problems);
        var others = new ArrayList<Yaml>();
        for (var document : documents) {
            if (document instanceof Mapping mapping && ReleaseReader.isRelease(mapping)) {
                var named = Path.of(name);
                var folder = named.getParent() == null ? Path.of("") : named.getParent();
                var reader = new ReleaseReader(name, workingFolder.resolve(folder), problems);
                reader.read(mapping, Schema.ofRelease()).ifPresent(releases::add);
                used.addAll(reader.used());
            } else {
                others.add(document);
            }
        }
        if (!others.isEmpty()) {
            plain.put(path.toAbsolutePath().normalize(), others);
        }
    }

    /** What is not part of a release file makes a release by itself. */
    private void plainObjects() {
        used.forEach(plain::remove);
        var objects = new ArrayList<ObjectReader.Placed>();
        plain.values()
                .forEach(documents ->
                        documents.forEach(document -> objects.addAll(new ObjectReader(problems).read(document, ""))));
        if (objects.isEmpty()) {
            return;
        }
        ReleaseReader.refuseTwins(objects, problems);
        var deployments = objects.stream()
                .filter(placed -> placed.object().kind().equals("Deployment"))
                .toList();
        var first = objects.getFirst();
        if (deployments.size() != 1) {
            problems.add(
                    deployments.isEmpty() ? first.place() : deployments.get(1).place(),
                    "",
                    deployments.isEmpty() ? withoutDeployment(objects) : severalDeployments(deployments));
            return;
        }
        var deployment = deployments.getFirst();
        releases.add(new ReadRelease(
                deployment.place().file(),
                namespace(objects),
                deployment.object().name(),
                deployment
                        .object()
                        .json()
                        .path("metadata")
                        .path("annotations")
                        .path("kubernetes.io/change-cause")
                        .asString(""),
                objects.stream().map(ObjectReader.Placed::object).toList(),
                ShiplogApi.JSON.createObjectNode()));
    }

    private static String withoutDeployment(List<ObjectReader.Placed> objects) {
        return "without a Deployment there is no telling which application "
                + objects.getFirst().object()
                + " belongs to; apply it together with its Deployment (-f deployment.yaml -f service.yaml), or name both"
                + " in a release file (shiplog explain release)";
    }

    private static String severalDeployments(List<ObjectReader.Placed> deployments) {
        var names = deployments.stream().map(placed -> placed.object().name()).collect(Collectors.joining(", "));
        return "there are " + deployments.size() + " Deployments (" + names + ") and no release file that says which"
                + " application they are; apply one at a time, or write a release file that names them under"
                + " spec.objects (shiplog explain release)";
    }

    /** The namespace that the objects name, if they do; one release stays in one namespace. */
    private java.util.Optional<String> namespace(List<ObjectReader.Placed> objects) {
        String found = null;
        for (var placed : objects) {
            var namespace =
                    placed.object().json().path("metadata").path("namespace").asString("");
            if (namespace.isEmpty()) {
                continue;
            }
            if (found != null && !found.equals(namespace)) {
                problems.add(
                        placed.place(),
                        "metadata.namespace",
                        placed.object() + " is in \"" + namespace + "\", the others are in \"" + found
                                + "\"; a release stays in one namespace");
            }
            found = found == null ? namespace : found;
        }
        return java.util.Optional.ofNullable(found);
    }
}
