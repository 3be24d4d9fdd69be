package dev.shiplog.kubernetes.write;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.json.JsonText;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.kubernetes.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is noted on an HTTPRoute of somebody else's, in an annotation for each application that divides a Service there: the
 * mark of the last writing, by which late requests are known, and which Service it is about. It stays when all is back.
 */
record RouteNote(Mark mark, Optional<String> service) {

    private static final String PREFIX = "route.shiplog.dev/";
    private static final String SERVICE = "service";
    private static final String GENERATION = "generation";
    private static final String LEG = "leg";

    static String nameFor(ApplicationName application) {
        return PREFIX + application.name();
    }

    static RouteNote of(Json.Obj route, ApplicationName application) {
        var note = route.object("metadata")
                .object("annotations")
                .text(nameFor(application))
                .flatMap(text -> JsonReader.read(text.getBytes(StandardCharsets.UTF_8)))
                .orElse(Json.EMPTY);
        return new RouteNote(
                new Mark(note.number(GENERATION).orElse(0), note.number(LEG).orElse(0)), note.text(SERVICE));
    }

    String text() {
        var note = Json.EMPTY.with(GENERATION, Json.number(mark.generation())).with(LEG, Json.number(mark.leg()));
        return JsonText.of(
                service.map(name -> note.with(SERVICE, Json.text(name))).orElse(note));
    }
}
