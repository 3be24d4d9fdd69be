package dev.shiplog.kubernetes.write;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.course.Backends;
import dev.shiplog.domain.course.RouteShare;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.kubernetes.access.ApiServer;
import dev.shiplog.kubernetes.access.Resources;
import dev.shiplog.kubernetes.trouble.TroubleException;
import dev.shiplog.kubernetes.trouble.Troubles;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Writes an application's share into HTTPRoutes that are somebody else's: the backends of its Service, and a {@link
 * RouteNote}, nothing besides.
 *
 * <p>Fenced as an apply is: the route is read first, what is noted there must not be newer, and the patch carries the
 * resourceVersion that was read. Repeating it writes nothing. It is done when every gateway that reports about the route
 * has seen it as it is then.
 */
public final class RouteWriter {

    private static final int ATTEMPTS = 6;
    private static final Duration FIRST_LOOK = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ApiServer server;
    private final Resources resources;

    public RouteWriter(ApiServer server, Resources resources) {
        this.server = server;
        this.resources = resources;
    }

    /** Trouble, before anything is written, if the cluster has no such route; an abort asks for none. */
    public void check(RolloutTask.Apply task) throws TroubleException, InterruptedException {
        for (var object : task.objects()) {
            if (object.kind().equals(Backends.KIND) && path(object.key()).isEmpty()) {
                throw noGatewayApi(object.key());
            }
        }
        if (task.assignment().directions().aborting()) {
            return;
        }
        for (var share : task.needed()) {
            check(share);
        }
        for (var share : task.routes()) {
            if (share.service().isPresent()) {
                check(share);
            }
        }
    }

    private void check(RouteShare share) throws TroubleException, InterruptedException {
        var path = path(share.route()).orElseThrow(() -> noGatewayApi(share.route()));
        var answer = server.get(path);
        if (answer.code() == 404) {
            throw noRoute(share);
        }
        divided(server.readable(answer), share, 0);
    }

    void write(RolloutTask.Apply task, RouteShare share) throws TroubleException, InterruptedException {
        write(task.assignment().application(), task.mark(), share);
    }

    /** Takes out of the route what was written into it for the application. */
    void restore(RolloutTask.Delete task, ObjectKey route) throws TroubleException, InterruptedException {
        write(task.application(), task.mark(), new RouteShare(route, Optional.empty(), Optional.empty()));
    }

    private void write(ApplicationName application, Mark mark, RouteShare share)
            throws TroubleException, InterruptedException {
        var path = path(share.route());
        if (path.isEmpty()) {
            if (share.weight().isPresent()) {
                throw noGatewayApi(share.route());
            }
            return;
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var answer = server.get(path.get());
            if (answer.code() == 404) {
                if (share.weight().isPresent()) {
                    throw noRoute(share);
                }
                return;
            }
            var present = server.readable(answer);
            var note = RouteNote.of(present, application);
            if (note.mark().compareTo(mark) > 0) {
                throw new TroubleException(Applier.outrun(application.toString(), share.route(), mark, note.mark()));
            }
            var service = share.service().or(note::service);
            var changed = noted(
                    share.weight().isPresent()
                            ? divided(present, share, share.weight().get())
                            : service.map(name -> Backends.whole(present, name)).orElse(present),
                    application,
                    new RouteNote(mark, service));
            if (changed.equals(present)) {
                awaitSeen(share.route(), path.get(), present);
                return;
            }
            var written = server.merge(path.get(), "fieldManager=" + Applier.FIELD_MANAGER, patch(changed));
            if (written.isSuccess()) {
                awaitSeen(share.route(), path.get(), written.json());
                return;
            }
            if (!written.refusal().isStale()) {
                throw new TroubleException(Troubles.ofWrite(server.cluster(), share.route(), written.refusal()));
            }
        }
        throw new TroubleException(
                Kind.UNKNOWN,
                Troubles.about(share.route()) + " in cluster " + server.cluster()
                        + " keeps changing while it is written");
    }

    private Json.Obj divided(Json.Obj route, RouteShare share, int weight) throws TroubleException {
        var service = share.service().orElseThrow();
        if (!Backends.has(route, service)) {
            throw new TroubleException(
                    Kind.INVALID,
                    Troubles.about(share.route()) + " in cluster " + server.cluster() + " has no rule with service \""
                            + service + "\" among its backendRefs, whose requests it is to divide; add it there");
        }
        return Backends.divided(route, service, weight);
    }

    private static Json.Obj noted(Json.Obj route, ApplicationName application, RouteNote note) {
        UnaryOperator<Json.Obj> change =
                annotations -> annotations.with(RouteNote.nameFor(application), Json.text(note.text()));
        return route.withObject("metadata", metadata -> metadata.withObject("annotations", change));
    }

    /** The rules as a whole, since a list of rules is one value to Kubernetes. */
    private static Json.Obj patch(Json.Obj changed) {
        var metadata = changed.object("metadata");
        return new Json.Obj(new java.util.LinkedHashMap<>(Map.of(
                "metadata",
                Json.EMPTY
                        .with("resourceVersion", metadata.at("resourceVersion").orElse(Json.text("")))
                        .with("annotations", metadata.object("annotations")),
                "spec",
                Json.EMPTY.with("rules", Json.array(changed.object("spec").list("rules"))))));
    }

    private void awaitSeen(ObjectKey route, String path, Json.Obj written)
            throws TroubleException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var pause = FIRST_LOOK;
        for (var present = written; !isSeen(present); present = server.read(path)) {
            if (System.nanoTime() - deadline > 0) {
                throw new TroubleException(
                        Kind.UNKNOWN,
                        Troubles.about(route) + " in cluster " + server.cluster()
                                + " was written, and its gateway has not taken it up yet; see its status.parents");
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** A condition that does not say of which generation it is says nothing. */
    private static boolean isSeen(Json.Obj route) {
        int generation = route.object("metadata").number("generation").orElse(0);
        return route.object("status").list("parents").stream()
                .filter(Json.Obj.class::isInstance)
                .flatMap(parent -> ((Json.Obj) parent).list("conditions").stream())
                .filter(Json.Obj.class::isInstance)
                .flatMap(condition -> ((Json.Obj) condition).number("observedGeneration").stream())
                .allMatch(seen -> seen >= generation);
    }

    /** Empty if the cluster does not know HTTPRoutes. */
    private Optional<String> path(ObjectKey route) throws TroubleException, InterruptedException {
        return resources.knows(route) ? Optional.of(resources.path(route)) : Optional.empty();
    }

    private TroubleException noGatewayApi(ObjectKey route) {
        return new TroubleException(
                Kind.INVALID,
                "cluster " + server.cluster() + " has no Gateway API (" + route.apiVersion() + "), so that "
                        + Troubles.about(route)
                        + " can't divide requests there; install it, or give the cluster another strategy"
                        + " (spec.overrides[].strategy)");
    }

    private TroubleException noRoute(RouteShare share) {
        return new TroubleException(
                Kind.INVALID,
                "cluster " + server.cluster() + " has no " + Troubles.about(share.route()) + " in namespace \""
                        + share.route().namespace() + "\"; create it with service \""
                        + share.service().orElse("") + "\" among its backendRefs, or add it to spec.objects");
    }
}
