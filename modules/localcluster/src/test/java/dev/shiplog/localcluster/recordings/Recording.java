package dev.shiplog.localcluster.recordings;

import dev.shiplog.localcluster.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** One scenario, line by line in the order in which the recorder saw things. */
public record Recording(String name, List<Line> lines) {

    /** What a line is about. */
    public enum What {
        STEP,
        REQUEST,
        RESPONSE,
        WATCH,
        WATCH_END,
        ERROR,
        POLL
    }

    /**
     * One line.
     *
     * @param millis since the start of the scenario
     */
    public record Line(What what, long millis, JsonNode json) {
        public String text(String... path) {
            return Json.at(json, path).asString("");
        }
    }

    /** From the resources of the tests: {@code read("01-apply-create")}. */
    public static Recording read(String name) {
        String resource = "/recordings/" + name + ".jsonl";
        try (InputStream stream = Objects.requireNonNull(Recording.class.getResourceAsStream(resource), resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return new Recording(name, reader.lines().map(Recording::line).toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public Stream<Line> requests() {
        return lines.stream().filter(line -> line.what() == What.REQUEST);
    }

    /** With which HTTP status the request was answered. */
    public int statusOf(Line request) {
        return lines.stream()
                .filter(line -> line.what() == What.RESPONSE && line.text("id").equals(request.text("id")))
                .mapToInt(line -> (int) Json.number(line.json(), 0, "status"))
                .findFirst()
                .orElse(0);
    }

    /** The kinds of which changes were recorded at all. */
    public Set<String> watchedKinds() {
        return lines.stream()
                .filter(line -> line.what() == What.WATCH)
                .map(line -> line.text("kind"))
                .collect(Collectors.toSet());
    }

    private static Line line(String text) {
        JsonNode json = Json.parse(text);
        What what = switch (Json.text(json, "what")) {
            case "step" -> What.STEP;
            case "request" -> What.REQUEST;
            case "response" -> What.RESPONSE;
            case "watch" -> What.WATCH;
            case "watchEnd" -> What.WATCH_END;
            case "error" -> What.ERROR;
            case "poll" -> What.POLL;
            default -> throw new IllegalArgumentException(text);
        };
        return new Line(what, Json.number(json, 0, "ms"), json);
    }

    @Override
    public String toString() {
        return name;
    }
}
