package dev.shiplog.localcluster.traffic;

import dev.shiplog.localcluster.gateway.RouteRequest;
import dev.shiplog.localcluster.gateway.Routes;
import dev.shiplog.localcluster.gateway.Rules;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.nodes.Connectivity;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * All Services of a cluster behind one loopback port: {@code GET /default/hello/version} is what a client of the Service
 * {@code hello} would get for {@code /version}: {@code {"version":"1.0.0"}}, the tag of the image of the pod that was picked.
 * Everything else is answered with {@code {"message":"Hello"}}; 503 if no endpoint is ready, 404 if there is no such Service.
 *
 * <p>{@code GET /default/hello/version} goes by the HTTPRoute {@code hello} if there is one (which hides a Service of that name):
 * each request to one of the Services of its first rule, by weight; 500 if none has any.
 *
 * <p>How well an image answers is set by {@link #quality} or, from another process, by
 * {@code PUT /-/quality?image=hello:2.0.0} with {@code {"errorRate":0.1,"latencyMillis":50}}. Which version answered how many requests is
 * told by {@link #answered} or by {@code GET /-/answered}, and forgotten by {@code DELETE /-/answered}.
 */
public final class Traffic {
    private static final String SETTINGS = "/-/quality";
    private static final String ANSWERED = "/-/answered";

    private record Asked(HttpServerRequest request, String namespace, String name, String path) {}

    private final Store store;
    private final Timers timers;
    private final Connectivity connectivity;
    private final Balancer balancer;
    private final HttpServer server;
    private final Map<String, Quality> qualities = new ConcurrentHashMap<>();
    private final Routes routes = new Routes();
    private final Counts counts = new Counts();

    public Traffic(Vertx vertx, Store store, Timers timers, Connectivity connectivity, long seed) {
        this.connectivity = connectivity;
        this.store = store;
        this.timers = timers;
        this.balancer = new Balancer(store, timers, seed);
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setHandle100ContinueAutomatically(true)
                        .setHttp2ClearTextEnabled(false))
                .requestHandler(this::onRequest);
    }

    /** From now on the image answers like this; may be called from any thread. */
    public void quality(String image, Quality quality) {
        qualities.put(image, quality);
    }

    /** By version, what became of the requests to this Service or HTTPRoute; those that no pod answered have the version "". */
    public Map<String, Answered> answered(String namespace, String name) {
        return counts.of(namespace, name);
    }

    /** Counts from nothing again. */
    public void forgetAnswered() {
        counts.forget();
    }

    /** The port, once it is listened to. */
    public Future<Integer> listen(int port) {
        return server.listen(port, "127.0.0.1").map(HttpServer::actualPort);
    }

    public Future<Void> close() {
        return server.close();
    }

    private void onRequest(HttpServerRequest request) {
        try {
            request.params();
        } catch (IllegalArgumentException malformed) {
            send(request, 400, Json.object().put("message", "malformed query: " + malformed.getMessage()));
            return;
        }
        if (request.path().equals(SETTINGS) && request.method().equals(HttpMethod.PUT)) {
            request.body().onSuccess(body -> set(request, body));
            return;
        }
        if (request.path().equals(ANSWERED)) {
            if (request.method().equals(HttpMethod.DELETE)) {
                counts.forget();
            }
            send(request, 200, counts.toJson());
            return;
        }
        timers.execute(() -> route(request));
    }

    private void route(HttpServerRequest request) {
        String[] parts = request.path().split("/", 4);
        if (parts.length < 3) {
            send(request, 404, Json.object().put("message", "no such service: " + request.path()));
            return;
        }
        Asked asked = new Asked(request, parts[1], parts[2], parts.length < 4 ? "" : parts[3]);
        ObjectNode route = store.get(Kinds.HTTP_ROUTE.key(asked.namespace, asked.name));
        if (route == null) {
            ObjectNode service = store.get(Kinds.SERVICE.key(asked.namespace, asked.name));
            if (service == null) {
                send(request, 404, Json.object().put("message", "no such service: " + request.path()));
            } else {
                balance(asked, service);
            }
            return;
        }
        Rules.matching(route, asRulesSee(asked))
                .ifPresentOrElse(
                        rule -> routed(asked, route, rule),
                        () -> answer(asked, "", 404, Json.object().put("message", "no rule for " + request.path())));
    }

    private void routed(Asked asked, ObjectNode route, int rule) {
        routes.next(route, rule)
                .map(store::get)
                .ifPresentOrElse(
                        service -> balance(asked, service),
                        () -> answer(asked, "", 500, Json.object().put("message", "no backend for " + asked.name)));
    }

    private static RouteRequest asRulesSee(Asked asked) {
        Map<String, String> headers = new HashMap<>();
        asked.request.headers().forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        Map<String, String> query = new HashMap<>();
        asked.request.params().forEach((name, value) -> query.putIfAbsent(name, value));
        return new RouteRequest(asked.request.method().name(), "/" + asked.path, headers, query);
    }

    private void balance(Asked asked, ObjectNode service) {
        balancer.pick(service, client(asked.request))
                .ifPresentOrElse(
                        pod -> serve(asked, pod),
                        () -> answer(
                                asked,
                                "",
                                503,
                                Json.object().put("message", "no endpoints available for service " + asked.name)));
    }

    private void serve(Asked asked, ObjectNode pod) {
        if (connectivity.isGone(Pods.nodeName(pod))) {
            counts.add(asked.namespace, asked.name, "", 504);
            asked.request.connection().close();
            return;
        }
        String image = Json.at(pod, "spec", "containers").path(0).path("image").asString("");
        Quality quality = qualities.getOrDefault(image, Quality.GOOD);
        boolean failed = balancer.chance(quality.errorRate());
        asked.request.response().putHeader("X-Pod", Json.text(pod, "metadata", "name"));
        Runnable answer = () -> answer(asked, tag(image), failed ? 500 : 200, content(failed, asked.path, image));
        if (quality.latency().isZero()) {
            answer.run();
        } else {
            timers.schedule(quality.latency(), answer);
        }
    }

    private void answer(Asked asked, String version, int status, ObjectNode content) {
        counts.add(asked.namespace, asked.name, version, status);
        send(asked.request, status, content);
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
            if (image.isEmpty()) {
                throw new IllegalArgumentException("the image is missing: " + SETTINGS + "?image=hello:2.0.0");
            }
            quality(image, Quality.of(body.toString()));
            send(request, 200, Json.object().put("image", image));
        } catch (IllegalArgumentException notUnderstood) {
            send(request, 400, Json.object().put("message", notUnderstood.getMessage()));
        }
    }

    private static void send(HttpServerRequest request, int status, ObjectNode content) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(content.toString());
    }
}
