package dev.shiplog.server.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;

/** Real HTTP requests to a Service, and which version answered: what the lab does with curl in a loop. */
final class Requests implements AutoCloseable {

    private static final String CLIENT = "X-Forwarded-For";

    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * What answered.
     *
     * @param versions how many of all requests each version answered; an answer that is none is under {@code errors}
     * @param clients how many clients came to each version; one that came to several is under {@code mixed}
     */
    record Answers(Map<String, Integer> versions, Map<String, Integer> clients) {

        boolean only(String version) {
            return versions.keySet().equals(java.util.Set.of(version));
        }

        /** Of all, in per cent. */
        static int share(Map<String, Integer> counts, String of) {
            int all = counts.values().stream().mapToInt(Integer::intValue).sum();
            return all == 0 ? 0 : Math.round(100f * counts.getOrDefault(of, 0) / all);
        }
    }

    /** @param address of the Service's traffic, without the path */
    Answers ask(String address, int clients, int times) throws IOException, InterruptedException {
        var versions = new TreeMap<String, Integer>();
        var byClient = new TreeMap<String, Integer>();
        for (int client = 1; client <= clients; client++) {
            var seen = new ArrayList<String>();
            for (int i = 0; i < times; i++) {
                var version = version(address, "10.0.0." + client);
                versions.merge(version, 1, Integer::sum);
                seen.add(version);
            }
            byClient.merge(same(seen) ? seen.getFirst() : "mixed", 1, Integer::sum);
        }
        return new Answers(versions, byClient);
    }

    private static boolean same(List<String> seen) {
        return seen.stream().allMatch(Predicate.isEqual(seen.getFirst()));
    }

    private String version(String address, String client) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + "/version"))
                .header(CLIENT, client)
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200
                ? JsonMapper.shared().readTree(answer.body()).path("version").asString("errors")
                : "errors";
    }

    @Override
    public void close() {
        http.close();
    }
}
