package dev.shiplog.kubernetes.write;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.kubernetes.SecretOpener;
import dev.shiplog.kubernetes.access.Answer;
import dev.shiplog.kubernetes.access.ApiServer;
import dev.shiplog.kubernetes.access.Resources;
import dev.shiplog.kubernetes.quantity.CanonicalQuantities;
import dev.shiplog.kubernetes.trouble.TroubleException;
import dev.shiplog.kubernetes.trouble.Troubles;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Writes the objects of an assignment, in its order, by server-side apply as the field manager {@code shiplog}.
 *
 * <p>Fenced: all objects are read first. If a newer mark stands at one of them, or one belongs to somebody who was not
 * asked, nothing is written. Otherwise each apply carries the resourceVersion that was read, so that it is refused if anything has come between; then the object is
 * read again. An object that was not there is applied with the resourceVersion {@link #NOT_THERE}: the API server
 * ignores it when it creates, and refuses it as stale if somebody was faster.
 */
public final class Applier {

    static final String FIELD_MANAGER = "shiplog";

    /** A version that no object of ours ever has. */
    private static final String NOT_THERE = "1";

    private static final int ATTEMPTS = 6;

    private final ApiServer server;
    private final Resources resources;
    private final RouteWriter routes;
    private final FormerLimits limits;
    private final SecretOpener secrets;

    public Applier(ApiServer server, Resources resources, SecretOpener secrets) {
        this.server = server;
        this.resources = resources;
        this.routes = new RouteWriter(server, resources);
        this.limits = new FormerLimits(server);
        this.secrets = secrets;
    }

    /** Who is told what was written; may wait. */
    @FunctionalInterface
    public interface Witness {
        void written(Json.Obj object) throws InterruptedException;
    }

    /**
     * Returns when all is written; an apply that changes nothing writes nothing, so this may be repeated freely.
     *
     * @param witness is given each object as the API server has it then
     */
    public void apply(RolloutTask.Apply task, Witness witness) throws TroubleException, InterruptedException {
        var all = new ArrayList<Wanted>();
        for (var object : task.objects()) {
            all.add(wanted(task, object));
        }
        for (var wanted : all) {
            if (!wanted.object().isWorkload()) {
                witness.written(write(task, wanted));
            }
        }
        // Between the Services that they send requests to and the pods that come or go.
        for (var share : task.routes()) {
            routes.write(task, share);
        }
        for (var wanted : all) {
            if (wanted.object().isWorkload()) {
                witness.written(write(task, wanted));
            }
        }
    }

    /**
     * What is to be written, and what stands there.
     *
     * @param present empty where the cluster doesn't know the kind; that may come with an object before it
     */
    private record Wanted(KubernetesObject object, Json.Obj json, Optional<Answer> present) {}

    private Wanted wanted(RolloutTask.Apply task, KubernetesObject object)
            throws TroubleException, InterruptedException {
        var json = opened(task.assignment(), object.withJson(CanonicalQuantities.in(object.json())));
        return new Wanted(
                object, json, resources.knows(object.key()) ? Optional.of(read(task, object.key())) : Optional.empty());
    }

    /** What stands there, if it may be written over. */
    private Answer read(RolloutTask.Apply task, ObjectKey key) throws TroubleException, InterruptedException {
        var present = server.get(resources.path(key));
        if (present.isSuccess()) {
            allow(task, key, present.json());
        } else if (present.code() != 404) {
            throw new TroubleException(Troubles.ofWrite(server.cluster(), key, present.refusal()));
        }
        return present;
    }

    private Json.Obj write(RolloutTask.Apply task, Wanted write) throws TroubleException, InterruptedException {
        var assignment = task.assignment();
        var object = write.object();
        var wanted = write.json();
        var path = resources.path(object.key());
        boolean wasAbsent = false;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var present = attempt == 1 && write.present().isPresent()
                    ? write.present().get()
                    : read(task, object.key());
            boolean isAbsent = present.code() == 404;
            // Twice absent and yet "stale": a server that minds the version when it creates. Then without.
            boolean guarded = !(isAbsent && wasAbsent);
            wasAbsent = isAbsent;
            var version = isAbsent ? NOT_THERE : text(present.json().object("metadata"), "resourceVersion");
            var answer = server.apply(
                    path, query(assignment.forceConflicts()), guarded ? withVersion(wanted, version) : wanted);
            if (!answer.isSuccess() && !isAbsent && answer.refusal().isOnlyWith(FIELD_MANAGER)) {
                // Not by an apply, but by Shiplog: see FormerLimits.
                answer = server.apply(path, query(true), withVersion(wanted, version));
            }
            if (answer.isSuccess()) {
                return answer.json();
            }
            var refusal = answer.refusal().apartFrom(FIELD_MANAGER);
            if (FormerLimits.areRefused(refusal, wanted)) {
                limits.takeAway(assignment, object.key(), path, present);
                continue;
            }
            if (!refusal.isStale()) {
                throw new TroubleException(StrangersWork.ofWrite(
                        server.cluster(), assignment, object.key(), refusal, present.json(), wanted));
            }
        }
        throw new TroubleException(
                Kind.UNKNOWN,
                Troubles.about(object.key()) + " in cluster " + server.cluster()
                        + " keeps changing while it is written");
    }

    private static String query(boolean force) {
        return "fieldManager=" + FIELD_MANAGER + "&force=" + force;
    }

    private void allow(RolloutTask.Apply task, ObjectKey key, Json.Obj present) throws TroubleException {
        var assignment = task.assignment();
        var metadata = present.object("metadata");
        if (metadata.at("deletionTimestamp").isPresent()) {
            throw new TroubleException(Kind.UNKNOWN, Finalizers.sentence(server.cluster(), key, metadata));
        }
        switch (Ownership.of(present, assignment.application(), task.mark())) {
            case Ownership.Ours ignored -> {}
            case Ownership.Nobodys ignored -> {
                if (StrangersWork.takesName(assignment, key)) {
                    throw new TroubleException(StrangersWork.ofName(server.cluster(), assignment, key));
                }
            }
            case Ownership.Newer newer ->
                throw new TroubleException(outrun(assignment.application().toString(), key, task.mark(), newer.mark()));
            case Ownership.Another another -> {
                if (!assignment.forceConflicts()) {
                    throw new TroubleException(
                            StrangersWork.ofApplication(server.cluster(), assignment, key, another.application()));
                }
            }
        }
    }

    /** A later leg of the same generation is no other owner's: the request was late, and may be forgotten. */
    static Trouble outrun(String application, ObjectKey key, Mark mark, Mark newer) {
        return newer.generation() == mark.generation()
                ? new Trouble(
                        Kind.LATE,
                        Troubles.about(key) + " of " + application + " is a step further than this late request")
                : new Trouble(
                        Kind.OUTRUN,
                        Troubles.about(key) + " of " + application + " is at generation " + newer.generation()
                                + ", newer than " + mark.generation());
    }

    private static Json.Obj withVersion(Json.Obj object, String version) {
        return object.withObject("metadata", metadata -> metadata.with("resourceVersion", Json.text(version)));
    }

    private Json.Obj opened(Assignment assignment, KubernetesObject object) throws TroubleException {
        if (object.sealed().isEmpty()) {
            return object.json();
        }
        var metadata = object.json().object("metadata");
        var name = metadata.object("annotations").text(Rendering.CONFIG_NAME).orElse(object.name());
        var values = new LinkedHashMap<String, Json>();
        for (var sealed : object.sealed().entrySet()) {
            try {
                var value = secrets.open(assignment.application(), name, sealed.getKey(), sealed.getValue());
                values.put(sealed.getKey(), Json.text(Base64.getEncoder().encodeToString(value)));
            } catch (GeneralSecurityException e) {
                // The cause stays out of it: what a cipher says about a secret is for nobody's eyes.
                throw new TroubleException(
                        Kind.INVALID,
                        "secret \"" + name + "\": the value of " + sealed.getKey()
                                + " cannot be opened; submit it again, sealed with the server's present key");
            }
        }
        return object.json().withObject("data", data -> {
            var all = new LinkedHashMap<>(data.members());
            all.putAll(values);
            return new Json.Obj(all);
        });
    }

    private static String text(Json.Obj object, String name) {
        return object.text(name).orElse("");
    }
}
