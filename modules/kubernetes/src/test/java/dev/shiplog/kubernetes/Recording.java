package dev.shiplog.kubernetes;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.kubernetes.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a real API server answered, line by line; trimmed to what the tests here look at. */
public final class Recording {

    private Recording() {}

    public static List<Json.Obj> lines(String name) {
        try (var file = Objects.requireNonNull(Recording.class.getResourceAsStream("/recordings/" + name + ".jsonl"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> JsonReader.read(line.getBytes(StandardCharsets.UTF_8))
                            .orElseThrow())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The states of the only Deployment, marked as the application's own; a new generation with each step told. */
    public static List<Json.Obj> deployments(String name) {
        var states = new ArrayList<Json.Obj>();
        int generation = 1;
        for (var line : lines(name)) {
            if (line.at("step").isPresent()) {
                generation += states.isEmpty() ? 0 : 1;
            }
            var object = line.object("object");
            if (!object.members().isEmpty()) {
                states.add(marked(object, generation));
            }
        }
        return states;
    }

    public static List<Json.Obj> pods(String name) {
        return lines(name).stream()
                .map(line -> line.object("pod"))
                .filter(pod -> !pod.members().isEmpty())
                .toList();
    }

    private static Json.Obj marked(Json.Obj object, int generation) {
        return object.withObject(
                "metadata",
                metadata -> metadata.withObject(
                        "annotations",
                        annotations -> annotations
                                .with(Rendering.APPLICATION, Json.text("default/hello"))
                                .with(Rendering.REVISION, Json.text("1"))
                                .with(Rendering.GENERATION, Json.text(Integer.toString(generation)))));
    }
}
