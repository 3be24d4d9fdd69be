package dev.shiplog.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.localcluster.faults.FaultSettings;
import dev.shiplog.localcluster.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What goes wrong with requests that take their time: late answers, none at all, and streams that end. */
class FaultsOverTimeTest {
    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

    private final LocalCluster cluster = LocalCluster.named("faulty").start();
    private final HttpClientOf writer = new HttpClientOf(cluster);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        client.shutdownNow();
        writer.close();
        cluster.close();
    }

    @Test
    void anAnswerComesLate() {
        cluster.faults().set(FaultSettings.NONE.withLatency(Duration.ofMillis(300)));
        long began = System.nanoTime();
        assertThat(writer.get(CONFIG_MAPS).status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aHungRequestIsNeverAnsweredAndOthersAre() {
        cluster.faults().set(FaultSettings.NONE.withHung(1).onlyOn("/configmaps"));
        HttpRequest hung = request(CONFIG_MAPS).timeout(Duration.ofMillis(300)).build();
        assertThatThrownBy(() -> client.send(hung, BodyHandlers.ofString())).isInstanceOf(HttpTimeoutException.class);
        assertThat(writer.get("/api/v1/nodes").status()).isEqualTo(200);
    }

    @Test
    void aWatchThatWasCutResumesWhereItWas() throws Exception {
        String version = Json.text(writer.get(CONFIG_MAPS).body(), "metadata", "resourceVersion");
        String last;
        try (Stream<String> lines = watch(version)) {
            create("before");
            Iterator<JsonNode> events = lines.map(Json::parse).iterator();
            last = Json.text(events.next(), "object", "metadata", "resourceVersion");
            cluster.faults().cutWatches();
            assertThat(events.hasNext()).as("the stream ends").isFalse();
        }
        create("meanwhile");
        try (Stream<String> lines = watch(last)) {
            assertThat(Json.text(Json.parse(lines.iterator().next()), "object", "metadata", "name"))
                    .isEqualTo("meanwhile");
        }
    }

    @Test
    void aWatchThatHasExpiredMustListAgain() throws Exception {
        String version = Json.text(writer.get(CONFIG_MAPS).body(), "metadata", "resourceVersion");
        create("one");
        cluster.faults().expireWatches();
        create("two");
        try (Stream<String> lines = watch(version)) {
            List<JsonNode> events = lines.map(Json::parse).toList();
            assertThat(events).singleElement().satisfies(event -> {
                assertThat(Json.text(event, "type")).isEqualTo("ERROR");
                assertThat(Json.text(event, "object", "reason")).isEqualTo("Expired");
                assertThat(event.at("/object/code").intValue()).isEqualTo(410);
            });
        }
        assertThat(writer.get(CONFIG_MAPS)
                        .body()
                        .path("items")
                        .valueStream()
                        .map(it -> Json.text(it, "metadata", "name")))
                .contains("one", "two");
    }

    @Test
    void theSameSeedStrikesTheSameRequests() {
        List<Integer> story = statuses(cluster, writer);
        try (LocalCluster again = LocalCluster.named("again").start();
                HttpClientOf other = new HttpClientOf(again)) {
            assertThat(statuses(again, other)).isEqualTo(story).contains(200, 500, 503);
        }
    }

    private static List<Integer> statuses(LocalCluster struck, HttpClientOf by) {
        struck.faults().set(FaultSettings.NONE.withInternalError(0.3).withUnavailable(0.3));
        return Stream.generate(() -> by.get(CONFIG_MAPS).status()).limit(30).toList();
    }

    private void create(String name) {
        assertThat(writer.send("POST", CONFIG_MAPS, "application/json", "{\"metadata\":{\"name\":\"" + name + "\"}}")
                        .status())
                .isEqualTo(201);
    }

    /** Ends with the stream; times out if the stream never says a word. */
    private Stream<String> watch(String version) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> response = client.send(
                request(CONFIG_MAPS + "?watch=true&resourceVersion=" + version)
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(cluster.url() + path));
    }
}
