package dev.shiplog.acceptance.running;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Commands in their JSON form, given to a server. */
public record Commands(String server) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** An action of proto/shiplog/v1/command.proto that must be accepted, e.g. {@code "promote": {}}. */
    public void must(String app, String action) throws IOException, InterruptedException {
        var body = """
                {"id":"%s","source":"acceptance","application":"default/%s","actor":"ada",%s}""".formatted(UUID.randomUUID(), app, action);
        var request = HttpRequest.newBuilder(URI.create(server + "/v1/commands?wait=30s"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            if (!JSON.readTree(answer).path("status").asString().equals("accepted")) {
                throw new AssertionError(action + " of " + app + ": " + answer);
            }
        }
    }
}
