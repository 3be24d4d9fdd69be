package dev.shiplog.localcluster.traffic;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All Services of a cluster behind one loopback port: {@code GET /default/hello/version} is what a client of the Service
 * {@code hello} would get for {@code /version}: {@code {"version":"1.0.0"}}, the tag of the image of the pod that was picked.
 * Everything else is answered with {@code {"message":"Hello"}}; 503 if no endpoint is ready, 404 if there is no such Service.
 *
 * <p>How well an image answers is set by {@link #quality} or, from another process, by
 * {@code PUT /-/quality?image=hello:2.0.0} with {@code {"errorRate":0.1,"latencyMillis":50}}.
 */
public final class Traffic {
    private static final String SETTINGS = "/-/quality";

    private final Store store;
    private final Timers timers;
    private final Balancer balancer;
    private final HttpServer server;
    private final Map<String, Quality> qualities = new ConcurrentHashMap<>();

    public Traffic(Vertx vertx, Store store, Timers timers, long seed) {
        this.store = store;
        this.timers = timers;
        this.balancer = new Balancer(store, timers, seed);
        this.server = vertx.createHttpServer().requestHandler(this::onRequest);
    }

    /** From now on the image answers like this; may be called from any thread. */
    public void quality(String image, Quality quality) {
        qualities.put(image, quality);
    }

    /** The port, once it is listened to. */
    public Future<Integer> listen(int port) {
        return server.listen(port, "127.0.0.1").map(HttpServer::actualPort);
    }

    public Future<Void> close() {
        return server.close();
    }

    private void onRequest(HttpServerRequest request) {
        if (request.path().equals(SETTINGS) && request.method().equals(HttpMethod.PUT)) {
            request.body().onSuccess(body -> set(request, body));
            return;
        }
        timers.execute(() -> route(request));
    }

    private void route(HttpServerRequest request) {
        String[] parts = request.path().split("/", 4);
        ObjectNode service = parts.length < 3 ? null : store.get(Kinds.SERVICE.key(parts[1], parts[2]));
        if (service == null) {
            answer(request, 404, Json.object().put("message", "no such service: " + request.path()));
            return;
        }
        String path = parts.length < 4 ? "" : parts[3];
        balancer.pick(service, client(request))
                .ifPresentOrElse(
                        pod -> serve(request, path, pod),
                        () -> answer(
                                request,
                                503,
                                Json.object().put("message", "no endpoints available for service " + parts[2])));
    }

    private void serve(HttpServerRequest request, String path, ObjectNode pod) {
        String image = Json.at(pod, "spec", "containers").path(0).path("image").asString("");
        Quality quality = qualities.getOrDefault(image, Quality.GOOD);
        boolean failed = balancer.chance(quality.errorRate());
        request.response().putHeader("X-Pod", Json.text(pod, "metadata", "name"));
        Runnable answer = () -> answer(request, failed ? 500 : 200, content(failed, path, image));
        if (quality.latency().isZero()) {
            answer.run();
        } else {
            timers.schedule(quality.latency(), answer);
        }
    }

    private static ObjectNode content(boolean failed, String path, String image) {
        if (failed) {
            return Json.object().put("message", "Internal Server Error");
        }
        return path.equals("version")
                ? Json.object().put("version", tag(image))
                : Json.object().put("message", "Hello");
    }

    private static String tag(String image) {
        int colon = image.lastIndexOf(':');
        return colon > image.lastIndexOf('/') ? image.substring(colon + 1) : "latest";
    }

    private static String client(HttpServerRequest request) {
        String forwarded = request.getHeader("X-Forwarded-For");
        if (forwarded != null && !forwarded.isBlank()) {
            return forwarded.split(",", 2)[0].strip();
        }
        return request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
    }

    private void set(HttpServerRequest request, Buffer body) {
        String image = request.getParam("image", "");
        try {
            JsonNode wanted = Json.parse(body.toString());
            double errorRate = wanted.path("errorRate").asDouble(0);
            Duration latency = Duration.ofMillis(wanted.path("latencyMillis").asLong(0));
            quality(image, new Quality(errorRate, latency));
            answer(request, 200, Json.object().put("image", image));
        } catch (JacksonException | IllegalArgumentException notUnderstood) {
            answer(request, 400, Json.object().put("message", notUnderstood.getMessage()));
        }
    }

    private static void answer(HttpServerRequest request, int status, ObjectNode content) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(content.toString());
    }
}
