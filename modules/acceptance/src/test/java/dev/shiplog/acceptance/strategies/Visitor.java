package dev.shiplog.acceptance.strategies;

import dev.shiplog.localcluster.LocalCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks an application on one cluster for its version, one request after another without end, so that the answers have an
 * order; and watches how many ready endpoints there are at each moment.
 */
public final class Visitor implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofMillis(3);

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest request;
    private final ReadyEndpoints endpoints;
    private final Thread thread;
    private volatile boolean closed;

    // Guarded by this.
    private final Map<String, Integer> answers = new TreeMap<>();
    private final List<String> order = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    public Visitor(LocalCluster cluster, String app) {
        this(cluster, app, app);
    }

    /** @param by the Service or HTTPRoute that is asked */
    public Visitor(LocalCluster cluster, String app, String by) {
        request = HttpRequest.newBuilder(URI.create(cluster.trafficUrl() + "/default/" + by + "/version"))
                .timeout(Duration.ofSeconds(20))
                .build();
        endpoints = new ReadyEndpoints(cluster, app);
        thread = Thread.ofVirtual().name("visitor-" + app).start(this::visit);
    }

    private void visit() {
        while (!closed) {
            try {
                var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                note(answer.statusCode(), answer.body());
            } catch (IOException e) {
                note(0, e.toString());
            } catch (InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    private synchronized void note(int status, String body) {
        if (status != 200) {
            errors.add(status + " " + body);
        } else {
            var version = body.replaceAll("[^0-9.]", "");
            answers.merge(version, 1, Integer::sum);
            if (order.isEmpty() || !order.getLast().equals(version)) {
                order.add(version);
            }
        }
        notifyAll();
    }

    /** How often each version has answered since, once there are so many answers. */
    public synchronized Map<String, Integer> afterAnswers(int count) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (answers.values().stream().mapToInt(Integer::intValue).sum() < count && errors.isEmpty()) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (millis <= 0) {
                throw new AssertionError("only " + answers);
            }
            wait(millis);
        }
        return new TreeMap<>(answers);
    }

    /** As {@link #afterAnswers}, counted from now. */
    public Map<String, Integer> nextAnswers(int count) throws InterruptedException {
        forget();
        return afterAnswers(count);
    }

    private synchronized void forget() {
        answers.clear();
    }

    /** The versions in the order of their answers; one that alternates with another is there again and again. */
    public synchronized List<String> order() {
        return List.copyOf(order);
    }

    public synchronized List<String> errors() {
        return List.copyOf(errors);
    }

    /** The fewest ready endpoints that there have been at any moment. */
    public int fewestReady() {
        return endpoints.fewest();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        endpoints.close();
        http.shutdownNow();
    }
}
