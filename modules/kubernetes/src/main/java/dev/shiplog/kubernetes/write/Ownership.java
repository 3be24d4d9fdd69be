package dev.shiplog.kubernetes.write;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.Rendering;
import java.util.Optional;

/** Whose an object on a cluster is, by its annotations. Compared with a writer: an application and a generation. */
sealed interface Ownership {

    /** The writer's own, of its generation or an older one. */
    record Ours() implements Ownership {}

    /** The writer's application has written a newer generation: this writer is out of date. */
    record Newer(int generation) implements Ownership {}

    /** Shiplog's, but another application's. */
    record Another(String application) implements Ownership {}

    /** Not Shiplog's: made by hand or by another tool. */
    record Nobodys() implements Ownership {}

    static Ownership of(Json.Obj object, ApplicationName application, int generation) {
        var annotations = object.object("metadata").object("annotations");
        var owner = annotations.text(Rendering.APPLICATION);
        if (owner.isEmpty()) {
            return new Nobodys();
        }
        if (!owner.get().equals(application.toString())) {
            return new Another(owner.get());
        }
        int written = generationOf(annotations).orElse(0);
        return written > generation ? new Newer(written) : new Ours();
    }

    private static Optional<Integer> generationOf(Json.Obj annotations) {
        return annotations
                .text(Rendering.GENERATION)
                .filter(digits -> digits.matches("\\d{1,9}"))
                .map(Integer::parseInt);
    }
}
