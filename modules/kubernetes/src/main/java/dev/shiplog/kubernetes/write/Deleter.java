package dev.shiplog.kubernetes.write;

import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.course.Backends;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.kubernetes.access.ApiServer;
import dev.shiplog.kubernetes.access.Resources;
import dev.shiplog.kubernetes.trouble.TroubleException;
import dev.shiplog.kubernetes.trouble.Troubles;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Deletes objects in the background (their dependants follow) and returns when the API shows them no longer.
 *
 * <p>Fenced: only what carries the application's annotation and no newer mark is deleted, and only as it was read
 * (uid and resourceVersion are preconditions). What changes many times a second, as the status of a Deployment whose pods
 * crash, is read again until the two meet. What belongs to somebody else by now is left alone and counts as gone;
 * out of an HTTPRoute of somebody else's goes what was written into it. What the cluster serves no kind for, in no
 * version of it, counts as gone: nothing of it can be reached.
 *
 * <p>One that can't be deleted does not keep its like, only what is to go after it.
 */
public final class Deleter {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What somebody else has to let go of is told soon. */
    private static final Duration HELD = Duration.ofSeconds(2);

    /** Routes send nothing to what goes; what serves goes last: pods may need their Service and their configuration until they end. */
    private static final Map<String, Integer> ORDER =
            Map.of(Backends.KIND, -1, "Deployment", 0, "Ingress", 1, "Service", 2, "ConfigMap", 4, "Secret", 4);

    private static final int USUAL = 3;

    /** What the next object would meet too. */
    private static final Set<Kind> OF_ALL =
            Set.of(Kind.UNREACHABLE, Kind.UNAUTHORIZED, Kind.THROTTLED, Kind.OUTRUN, Kind.LATE);

    private final ApiServer server;
    private final Resources resources;
    private final RouteWriter routes;
    private final Duration patience;

    public Deleter(ApiServer server, Resources resources) {
        this(server, resources, PATIENCE);
    }

    Deleter(ApiServer server, Resources resources, Duration patience) {
        this.server = server;
        this.resources = resources;
        this.routes = new RouteWriter(server, resources);
        this.patience = patience;
    }

    /**
     * @param gone is told each object that has gone, also where others have not
     * @throws TroubleException the first that was met
     */
    public void delete(RolloutTask.Delete task, Consumer<ObjectKey> gone)
            throws TroubleException, InterruptedException {
        for (var alike : inTurn(task)) {
            TroubleException first = null;
            for (var object : alike) {
                try {
                    delete(task, object);
                    gone.accept(object);
                } catch (TroubleException met) {
                    if (OF_ALL.contains(met.trouble().kind())) {
                        throw met;
                    }
                    first = first == null ? met : first;
                }
            }
            if (first != null) {
                throw first;
            }
        }
    }

    private void delete(RolloutTask.Delete task, ObjectKey object) throws TroubleException, InterruptedException {
        var path = resources.servedPath(object);
        if (path.isPresent() && delete(task, object, path.get())) {
            awaitGone(object, path.get());
        }
    }

    /** Those of which none has to wait for another, by name; and these one after another. */
    private static Collection<List<ObjectKey>> inTurn(RolloutTask.Delete task) {
        return task.objects().stream()
                .sorted(Comparator.comparing(ObjectKey::toString))
                .collect(Collectors.groupingBy(
                        key -> ORDER.getOrDefault(key.kind(), USUAL), TreeMap::new, Collectors.toList()))
                .values();
    }

    /** Whether there is something to wait for. */
    private boolean delete(RolloutTask.Delete task, ObjectKey object, String path)
            throws TroubleException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (var pause = FIRST_PAUSE; ; pause = longer(pause)) {
            var present = server.get(path);
            if (present.code() == 404) {
                return false;
            }
            var json = server.readable(present);
            switch (Ownership.of(json, task.application(), task.mark())) {
                case Ownership.Another ignored -> {
                    leave(task, object);
                    return false;
                }
                case Ownership.Nobodys ignored -> {
                    boolean isReplaced = task.force() && object.kind().equals("Deployment");
                    if (!isReplaced) {
                        leave(task, object);
                        return false;
                    }
                }
                case Ownership.Newer newer ->
                    throw new TroubleException(
                            Applier.outrun(task.application().toString(), object, task.mark(), newer.mark()));
                case Ownership.Ours ignored -> {
                    // Deleted below.
                }
            }
            if (json.object("metadata").at("deletionTimestamp").isPresent()) {
                return true;
            }
            var answer = server.delete(path, asRead(json.object("metadata")));
            if (answer.isSuccess() || answer.code() == 404) {
                return true;
            }
            if (!answer.refusal().isStale()) {
                throw new TroubleException(Troubles.ofWrite(server.cluster(), object, answer.refusal()));
            }
            if (System.nanoTime() - deadline > 0) {
                throw new TroubleException(
                        Kind.UNKNOWN,
                        Troubles.about(object) + " in cluster " + server.cluster()
                                + " keeps changing while it is deleted");
            }
            Thread.sleep(pause);
        }
    }

    private void leave(RolloutTask.Delete task, ObjectKey object) throws TroubleException, InterruptedException {
        if (object.kind().equals(Backends.KIND)) {
            routes.restore(task, object);
        }
    }

    private static Json.Obj asRead(Json.Obj metadata) {
        var preconditions = Json.EMPTY;
        for (var name : List.of("uid", "resourceVersion")) {
            var value = metadata.at(name);
            preconditions = value.isPresent() ? preconditions.with(name, value.get()) : preconditions;
        }
        return Json.EMPTY
                .with("apiVersion", Json.text("v1"))
                .with("kind", Json.text("DeleteOptions"))
                .with("propagationPolicy", Json.text("Background"))
                .with("preconditions", preconditions);
    }

    private void awaitGone(ObjectKey object, String path) throws TroubleException, InterruptedException {
        long begin = System.nanoTime();
        var pause = FIRST_LOOK;
        for (var answer = server.get(path); answer.code() != 404; answer = server.get(path)) {
            var metadata = server.readable(answer).object("metadata");
            boolean isAnother = metadata.at("deletionTimestamp").isEmpty();
            if (isAnother) {
                return;
            }
            boolean isHeld = !Finalizers.holding(metadata).isEmpty();
            var limit = isHeld && HELD.compareTo(patience) < 0 ? HELD : patience;
            if (System.nanoTime() - begin > limit.toNanos()) {
                throw new TroubleException(Kind.UNKNOWN, Finalizers.sentence(server.cluster(), object, metadata));
            }
            Thread.sleep(pause);
            pause = longer(pause);
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
