package dev.shiplog.localcluster.replay;

import dev.shiplog.localcluster.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One recorded scenario, in the order in which things were seen. */
record Recording(String name, List<Exchange> exchanges) {

    /**
     * A request with its answer.
     *
     * @param afterMillis since the start of the scenario
     * @param response missing: the connection was closed without one
     * @param events of the watch that the request opened, as {@code ADDED hello}
     */
    record Exchange(
            int id,
            String step,
            long afterMillis,
            ObjectNode request,
            @Nullable ObjectNode response,
            List<String> events) {

        boolean isWatch() {
            return request.path("query").has("watch")
                    || Json.text(request, "path").startsWith("/api/v1/watch/");
        }

        String title() {
            return id + " " + Json.text(request, "method") + " " + Json.text(request, "path") + " ("
                    + step.lines().findFirst().orElse("") + ")";
        }
    }

    static Recording read(String name) {
        String step = "";
        Map<Integer, ObjectNode> responses = new HashMap<>();
        Map<Integer, List<String>> events = new HashMap<>();
        List<Exchange> requests = new ArrayList<>();
        for (String line : text(name).split("\n")) {
            ObjectNode entry = (ObjectNode) Json.parse(line);
            int id = entry.path("id").asInt(0);
            switch (Json.text(entry, "what")) {
                case "step" -> step = Json.text(entry, "text");
                case "request" ->
                    requests.add(new Exchange(
                            id,
                            step,
                            entry.path("ms").longValue(),
                            entry,
                            null,
                            events.computeIfAbsent(id, unknown -> new ArrayList<>())));
                case "response" -> responses.put(id, entry);
                case "watch" ->
                    events.computeIfAbsent(id, unknown -> new ArrayList<>())
                            .add(Json.text(entry, "type") + " " + Json.text(entry, "name"));
                default -> {}
            }
        }
        List<Exchange> exchanges = requests.stream()
                .map(each -> new Exchange(
                        each.id, each.step, each.afterMillis, each.request, responses.get(each.id), each.events))
                .toList();
        return new Recording(name, exchanges);
    }

    /** The body, made up again where it was left out for its size. */
    static String body(ObjectNode request) {
        JsonNode body = request.path("body");
        if (!body.isMissingNode()) {
            return body.toString();
        }
        String omitted = Json.text(request, "bodyOmitted");
        if (omitted.startsWith("ConfigMap with ")) {
            int length = Integer.parseInt(omitted.replaceAll("\\D", " ").strip().split(" ")[0]);
            return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"big\"},\"data\":{\"x\":\""
                    + "x".repeat(length) + "\"}}";
        }
        return Json.text(request, "bodyText");
    }

    private static String text(String name) {
        try (InputStream in = Recording.class.getResourceAsStream("/recordings/" + name + ".jsonl")) {
            if (in == null) {
                throw new IllegalArgumentException("no recording " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
