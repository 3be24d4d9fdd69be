package dev.shiplog.api.http;

import dev.shiplog.protocol.view.Problem;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told when no route answers, in the same form as every other problem. */
public final class Fallbacks {

    private static final Logger log = LoggerFactory.getLogger(Fallbacks.class);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Fallbacks() {}

    public static void on(Router router) {
        on(router, 400, "bad-request", "the request is no HTTP that could be understood");
        on(router, 413, "too-large", "a command may have 4 MiB; keep large files out of ConfigMaps and Secrets");
        router.errorHandler(
                404,
                routing -> tell(
                        routing,
                        Problems.problem(
                                404,
                                "unknown-path",
                                "nothing is at " + routing.request().path() + "; /openapi.json says what there is")));
        router.errorHandler(405, routing -> {
            var methods = new TreeSet<String>();
            router.getRoutes().stream()
                    .filter(route -> matches(String.valueOf(route.getPath()), routing.normalizedPath()))
                    .forEach(route -> route.methods().forEach(method -> methods.add(method.name())));
            routing.response().putHeader("allow", String.join(", ", methods));
            tell(
                    routing,
                    Problems.problem(
                            405,
                            "wrong-method",
                            routing.request().path() + " is asked with " + String.join(" or ", methods) + ", not "
                                    + routing.request().method()));
        });
        router.errorHandler(500, routing -> {
            log.error(
                    "{} {} failed",
                    routing.request().method(),
                    routing.request().path(),
                    routing.failure());
            tell(
                    routing,
                    Problems.problem(
                            500, "internal", "something went wrong that nobody thought of; the server's log has more"));
        });
    }

    /**
     * Where only this machine is listened to, only names of it are answered to: a web page whose name was made to point
     * here would read and release otherwise.
     */
    public static Handler<RoutingContext> onlyByLocalName() {
        return routing -> {
            var authority = routing.request().authority();
            var host = authority == null ? "" : authority.host();
            if (LOOPBACK.contains(host) || host.equals("::1")) {
                routing.next();
            } else {
                tell(
                        routing,
                        Problems.problem(
                                421,
                                "wrong-host",
                                "this Shiplog answers to localhost only, not to \"" + host
                                        + "\"; serve it on another address for that"));
            }
        };
    }

    private static void on(Router router, int status, String code, String detail) {
        router.errorHandler(status, routing -> tell(routing, Problems.problem(status, code, detail)));
    }

    private static void tell(RoutingContext routing, Problem problem) {
        Exchange.problem(problem, routing.response(), routing.request());
    }

    private static boolean matches(String template, String path) {
        var wanted = template.split("/", -1);
        var asked = path.split("/", -1);
        if (wanted.length != asked.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!wanted[i].startsWith(":") && !wanted[i].equals(asked[i])) {
                return false;
            }
        }
        return true;
    }
}
