package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.access.Caller;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.json.Yaml;
import dev.shiplog.localcluster.status.StatusException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One request, whole, and the way to answer it. */
final class Call {
    private final HttpServerRequest request;
    private String contentType;
    private byte[] body;
    private final String path;
    private final Query query;
    private final @Nullable String malformed;
    private final List<String> warnings = new ArrayList<>();
    private Caller caller = Caller.ANONYMOUS;

    Call(HttpServerRequest request, Buffer body) {
        this.request = request;
        this.body = body.getBytes();
        this.contentType = contentType(request.getHeader("Content-Type"));
        String readPath = "";
        Query readQuery = Query.NONE;
        String problem = null;
        try {
            readPath = decoded(request.path());
            readQuery = Query.of(request.params());
        } catch (IllegalArgumentException e) {
            problem = e.getMessage();
        }
        this.path = readPath;
        this.query = readQuery;
        this.malformed = problem;
    }

    /** As a whole, before it is taken apart: an escaped slash parts like any other. */
    private static String decoded(@Nullable String path) {
        return path == null ? "" : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** @throws StatusException if the path or the query is escaped wrongly; both are empty then */
    void checkAddress() {
        if (malformed != null) {
            throw StatusException.badRequest("malformed URL " + Json.text(request.uri()) + ": " + malformed);
        }
    }

    String method() {
        return request.method().name();
    }

    String path() {
        return path;
    }

    Query query() {
        return query;
    }

    byte[] body() {
        return body;
    }

    String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }

    List<String> headers(String name) {
        return request.headers().getAll(name);
    }

    /** Without parameters, in lower case. */
    String contentType() {
        return contentType;
    }

    /** From now on it is as if the client had sent this. */
    void translate(ObjectNode sent) {
        body = Json.bytes(sent);
        contentType = "application/json";
    }

    private static String contentType(@Nullable String header) {
        String type = header == null ? "" : header;
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).trim().toLowerCase(java.util.Locale.ROOT);
    }

    Caller caller() {
        return caller;
    }

    void caller(Caller known) {
        this.caller = known;
    }

    boolean dryRun() {
        return query.has("dryRun");
    }

    /** In whose name fields are written: what the query says, or else the program. */
    String fieldManager() {
        String named = query.get("fieldManager");
        if (!named.isEmpty()) {
            return named;
        }
        String agent = header("User-Agent");
        int slash = agent.indexOf('/');
        String program = slash < 0 ? agent : agent.substring(0, slash);
        return program.isEmpty() ? "unknown" : program;
    }

    void warn(String message) {
        warnings.add("299 - " + Json.text(message));
    }

    HttpServerResponse response() {
        return request.response();
    }

    void answer(int code, JsonNode body) {
        if (Form.of(this) == Form.YAML) {
            send(code, Form.YAML_TYPE, Buffer.buffer(Yaml.of(body)));
        } else {
            send(code, "application/json", Buffer.buffer(Json.bytes(body)));
        }
    }

    void answer(int code, String contentType, String text) {
        send(code, contentType, Buffer.buffer(text));
    }

    void answer(int code, String contentType, byte[] content) {
        send(code, contentType, Buffer.buffer(content));
    }

    private void send(int code, String contentType, Buffer content) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (!warnings.isEmpty()) {
            response.putHeader("Warning", warnings);
        }
        response.setStatusCode(code)
                .putHeader("Content-Type", contentType)
                .putHeader("Cache-Control", "no-cache, private");
        response.end(content);
    }

    /** Closes the connection without a word. */
    void drop() {
        request.connection().close();
    }

    void refuse(StatusException refusal) {
        long retryAfter = Json.number(refusal.status(), 0, "details", "retryAfterSeconds");
        if (retryAfter > 0 && !response().headWritten()) {
            response().putHeader("Retry-After", Long.toString(retryAfter));
        }
        answer(refusal.code(), refusal.status());
    }
}
