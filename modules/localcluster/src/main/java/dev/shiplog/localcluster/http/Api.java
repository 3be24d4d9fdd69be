package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.access.Caller;
import dev.shiplog.localcluster.access.Question;
import dev.shiplog.localcluster.discovery.Discovery;
import dev.shiplog.localcluster.discovery.OpenApi;
import dev.shiplog.localcluster.discovery.Swagger;
import dev.shiplog.localcluster.faults.Faults;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.protobuf.OpenApiBytes;
import dev.shiplog.localcluster.protobuf.Protobuf;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Kinds;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Finds out what a request wants. */
final class Api {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Backend backend;
    private final Discovery discovery;
    private final OpenApi openApi;
    private final Reads reads;
    private final Writes writes;
    private final Deletes deletes;
    private final Scales scales;
    private final Evict evict;
    private final Watches watches;

    Api(Backend backend) {
        this.backend = backend;
        this.discovery = new Discovery(Kinds.served(backend.kinds()));
        this.openApi = new OpenApi(Kinds.served(backend.kinds()));
        this.reads = new Reads(backend);
        this.writes = new Writes(backend);
        this.deletes = new Deletes(backend);
        this.scales = new Scales(backend);
        this.evict = new Evict(backend);
        this.watches = new Watches(backend);
    }

    Faults.Streams streams() {
        return new Faults.Streams() {
            @Override
            public void cut() {
                watches.cut();
            }

            @Override
            public void expire() {
                backend.history().forget();
                watches.cut();
            }
        };
    }

    void answer(Call call) {
        guarded(call, () -> route(call));
    }

    /** Whatever goes wrong becomes an answer. */
    static void guarded(Call call, Runnable work) {
        try {
            work.run();
        } catch (StatusException refusal) {
            call.refuse(refusal);
        } catch (RuntimeException | StackOverflowError bug) {
            LOG.error("{} {} failed", call.method(), call.path(), bug);
            call.refuse(StatusException.of(500, "InternalError", "Internal error occurred: " + bug));
        }
    }

    private void route(Call call) {
        String path = call.path();
        call.caller(impersonated(
                call,
                backend.tokens()
                        .caller(call.header("Authorization"))
                        .orElseThrow(() -> StatusException.of(401, "Unauthorized", "Unauthorized"))));
        if (path.equals("/healthz") || path.equals("/livez") || path.equals("/readyz")) {
            String verbose = call.query().has("verbose")
                    ? "[+]ping ok\n[+]etcd ok\n" + path.substring(1) + " check passed\n"
                    : "ok";
            call.answer(200, TEXT, requireGet(call, verbose));
            return;
        }
        if (path.equals("/version") || path.equals("/version/")) {
            call.answer(200, requireGet(call, Versions.document()));
            return;
        }
        if (path.equals(Swagger.PATH)) {
            swagger(call);
            return;
        }
        Optional<ObjectNode> document = discovery.at(path, call.header("Host")).or(() -> openApi.at(path));
        if (document.isPresent()) {
            call.answer(200, requireGet(call, document.get()));
            return;
        }
        translate(call);
        if (Reviews.isOne(path)) {
            Reviews.answer(call, backend);
            return;
        }
        boolean oldWatch = path.startsWith("/api/v1/watch/");
        Optional<Target> target = Target.parse(oldWatch ? "/api/v1/" + path.substring("/api/v1/watch/".length()) : path)
                .filter(known -> backend.kinds().contains(known.kind()));
        if (target.isEmpty()) {
            notFound(call);
            return;
        }
        backend.authorizer().require(call.caller(), target.get().question(verb(call, target.get(), oldWatch)));
        if (target.get().kind().equals(Kinds.ENDPOINTS)) {
            call.warn("v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");
        }
        Form.check(call);
        Timeouts.check(call);
        if (target.get().subresource().isEmpty()) {
            whole(call, target.get(), oldWatch);
        } else {
            subresource(call, target.get());
        }
    }

    private void swagger(Call call) {
        ObjectNode document = requireGet(call, Swagger.document(Kinds.served(backend.kinds())));
        if (call.header("Accept").contains("proto-openapi")) {
            call.answer(200, OpenApiBytes.MEDIA_TYPE, OpenApiBytes.of(document));
        } else {
            call.answer(200, document);
        }
    }

    /** An administrator may ask in the name of another ({@code kubectl --as, --as-group}). */
    private Caller impersonated(Call call, Caller caller) {
        String name = call.header("Impersonate-User");
        List<String> groups = call.headers("Impersonate-Group");
        if (name.isEmpty() && !groups.isEmpty()) {
            throw StatusException.badRequest("requested groups " + groups + " without impersonating a user name");
        }
        if (name.isEmpty()) {
            return caller;
        }
        backend.authorizer().require(caller, new Question("impersonate", "", "users", "", name, ""));
        for (String group : groups) {
            backend.authorizer().require(caller, new Question("impersonate", "", "groups", "", group, ""));
        }
        return Caller.impersonated(name, groups);
    }

    /** What comes in Kubernetes' binary form is taken as the JSON that it stands for. */
    private static void translate(Call call) {
        if (!call.contentType().equals(Protobuf.MEDIA_TYPE) || call.method().equals("PATCH")) {
            return;
        }
        try {
            Protobuf.object(call.body()).ifPresent(call::translate);
        } catch (IllegalArgumentException unreadable) {
            throw StatusException.badRequest("the object provided is unrecognized: " + unreadable.getMessage());
        }
    }

    private static String verb(Call call, Target target, boolean oldWatch) {
        return switch (call.method()) {
            case "GET" ->
                oldWatch || call.query().flag("watch") ? "watch" : target.name().isEmpty() ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> target.name().isEmpty() ? "deletecollection" : "delete";
            default -> call.method().toLowerCase(Locale.ROOT);
        };
    }

    private void whole(Call call, Target target, boolean oldWatch) {
        if (target.name().isEmpty()) {
            switch (call.method()) {
                case "GET" -> {
                    if (call.query().flag("watch") || oldWatch) {
                        watches.open(call, target);
                    } else {
                        reads.list(call, target);
                    }
                }
                case "POST" -> {
                    if (target.kind().namespaced() && target.namespace().isEmpty()) {
                        throw methodNotAllowed();
                    }
                    writes.create(call, target);
                }
                case "DELETE" -> deletes.collection(call, target);
                default -> throw methodNotAllowed();
            }
            return;
        }
        switch (call.method()) {
            case "GET" -> {
                if (call.query().flag("watch") || oldWatch) {
                    watches.open(call, target);
                } else {
                    reads.get(call, target);
                }
            }
            case "PUT" -> writes.update(call, target);
            case "PATCH" -> writes.patch(call, target);
            case "DELETE" -> deletes.one(call, target);
            default -> throw methodNotAllowed();
        }
    }

    private void subresource(Call call, Target target) {
        if (Subresources.needsProcess(target.kind(), target.subresource())) {
            reads.required(target);
            throw StatusException.of(
                    501,
                    "NotImplemented",
                    "pod " + target.name() + " is simulated: no process runs in it that could answer "
                            + target.subresource());
        }
        if (!Subresources.of(target.kind()).contains(target.subresource())) {
            throw StatusException.of(
                    404, "NotFound", "the server could not find the requested resource", Json.object());
        }
        switch (target.subresource() + " " + call.method()) {
            case "status GET" -> reads.get(call, target);
            case "status PUT" -> writes.update(call, target);
            case "status PATCH" -> writes.patch(call, target);
            case "eviction POST" -> evict.create(call, target);
            case "scale GET" -> scales.get(call, target);
            case "scale PUT" -> scales.update(call, target);
            case "scale PATCH" -> scales.patch(call, target);
            default -> throw methodNotAllowed();
        }
    }

    private static <T> T requireGet(Call call, T answer) {
        if (!call.method().equals("GET")) {
            throw methodNotAllowed();
        }
        return answer;
    }

    private void notFound(Call call) {
        String[] parts = call.path().split("/");
        boolean inKnownGroup = parts.length > 3
                && (call.path().startsWith("/api/v1/")
                        || (parts[1].equals("apis")
                                && discovery.groupNames().contains(parts[2])
                                && discovery.versionsOf(parts[2]).contains(parts[3])));
        if (inKnownGroup) {
            throw StatusException.of(
                    404, "NotFound", "the server could not find the requested resource", Json.object());
        }
        backend.authorizer()
                .require(call.caller(), Question.ofPath(call.method().toLowerCase(Locale.ROOT), call.path()));
        call.answer(404, TEXT, "404 page not found\n");
    }

    static StatusException methodNotAllowed() {
        return StatusException.of(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                Json.object());
    }
}
