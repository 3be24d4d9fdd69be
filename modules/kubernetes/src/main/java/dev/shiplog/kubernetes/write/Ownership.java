package dev.shiplog.kubernetes.write;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.rollout.Observation.Mark;

/** Whose an object on a cluster is, by its annotations. Compared with a writer: an application and a mark. */
sealed interface Ownership {

    /** The writer's own, of its mark or an older one. */
    record Ours() implements Ownership {}

    /** The writer's application has written a newer mark: this writer is out of date. */
    record Newer(Mark mark) implements Ownership {}

    /** Shiplog's, but another application's. */
    record Another(String application) implements Ownership {}

    /** Not Shiplog's: made by hand or by another tool. */
    record Nobodys() implements Ownership {}

    static Ownership of(Json.Obj object, ApplicationName application, Mark mark) {
        var annotations = object.object("metadata").object("annotations");
        var owner = annotations.text(Rendering.APPLICATION);
        if (owner.isEmpty()) {
            return new Nobodys();
        }
        if (!owner.get().equals(application.toString())) {
            return new Another(owner.get());
        }
        var written = new Mark(number(annotations, Rendering.GENERATION), number(annotations, Rendering.LEG));
        return written.compareTo(mark) > 0 ? new Newer(written) : new Ours();
    }

    private static int number(Json.Obj annotations, String name) {
        return annotations
                .text(name)
                .filter(digits -> digits.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElse(0);
    }
}
