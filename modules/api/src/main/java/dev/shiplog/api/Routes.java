package dev.shiplog.api;

import dev.shiplog.api.http.Bodies;
import dev.shiplog.api.http.Desk;
import dev.shiplog.api.http.Exchange;
import dev.shiplog.api.http.Fallbacks;
import dev.shiplog.api.http.Streams;
import dev.shiplog.api.http.Wire;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Which question is answered where; openapi.json says the same, and a test holds the two together. */
final class Routes implements AutoCloseable {

    private static final long BODY_BYTES_MAX = 4L * 1024 * 1024;
    private static final String STALE = "shiplog-stale";
    private static final String APPLICATION = "/v1/apps/:namespace/:name";

    /** Reads are short and share the database's connections; submissions mostly wait; streams always do. */
    private final Desk reads;

    private final Desk submissions;
    private final Desk watches;
    private final Streams streams;
    private final Freshness freshness;
    private final Router router;

    /** @param onlyByLocalName whether to answer only who calls us by a name of this machine */
    Routes(Vertx vertx, Sources sources, ApiLimits limits, boolean onlyByLocalName) {
        this.reads = new Desk("read", limits.reads(), limits.waitingReads());
        this.submissions = new Desk("submit", limits.submissions(), 0);
        this.watches = new Desk("watch", limits.streams(), 0);
        this.router = Router.router(vertx);
        this.freshness = sources.freshness();
        this.streams = new Streams(freshness::stale);
        if (onlyByLocalName) {
            router.route().handler(Fallbacks.onlyByLocalName());
        }
        var submit = new SubmitRoute(sources);
        var applications = new ApplicationRoutes(sources, streams);
        var events = new EventRoutes(sources, streams);
        var fleet = new FleetRoutes(sources);

        var bodies = new Bodies(BODY_BYTES_MAX, limits.submissionBytes());
        router.route(HttpMethod.POST, "/v1/commands")
                .handler(bodies)
                .handler(dated(submissions.answering(bodies.holding(submit::submit))));

        get("/v1/apps", applications::list);
        get(APPLICATION, applications::get);
        getting(APPLICATION + "/watch", watches.answering(applications::watch));
        get(APPLICATION + "/history", applications::history);
        get(APPLICATION + "/releases/:revision", applications::release);
        get(APPLICATION + "/events", applications::events);
        get("/v1/releases", applications::releases);
        get("/v1/rollouts", applications::rollouts);
        get("/v1/clusters", fleet::clusters);
        get("/v1/clusters/:name", fleet::cluster);
        getting("/v1/events", streamOrPage(watches.answering(events::stream), reads.answering(events::page)));
        get("/v1/sealing-key", fleet::sealingKey);
        get("/v1/schemas/release.json", fleet::releaseSchema);
        get("/openapi.json", fleet::openApi);
        get("/livez", fleet::live);
        get("/readyz", fleet::ready);
        get("/", fleet::root);

        Fallbacks.on(router);
    }

    Router router() {
        return router;
    }

    private void get(String path, Desk.Work work) {
        getting(path, reads.answering(work));
    }

    private void getting(String path, Handler<RoutingContext> handler) {
        router.route(HttpMethod.GET, path).handler(dated(handler));
    }

    /** An answer from a read model that stands still says so, whatever it is about. */
    private Handler<RoutingContext> dated(Handler<RoutingContext> handler) {
        return routing -> {
            freshness.stale().ifPresent(stale -> routing.response().putHeader(STALE, Wire.header(stale)));
            handler.handle(routing);
        };
    }

    private static Handler<RoutingContext> streamOrPage(Handler<RoutingContext> stream, Handler<RoutingContext> page) {
        return routing -> (Exchange.wantsStream(routing.request()) ? stream : page).handle(routing);
    }

    @Override
    public void close() {
        streams.close();
        watches.close();
        submissions.close();
        reads.close();
    }
}
