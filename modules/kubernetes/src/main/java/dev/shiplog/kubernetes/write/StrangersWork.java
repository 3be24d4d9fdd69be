package dev.shiplog.kubernetes.write;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.kubernetes.trouble.Refusal;
import dev.shiplog.kubernetes.trouble.Troubles;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What somebody else has done where a canary or a colour is to go. It is told with what stands there, who did it and
 * what to do about it, and never overwritten unless that is asked for.
 */
final class StrangersWork {

    private StrangersWork() {}

    /**
     * Whether an object that nobody owns must not be adopted: the release does not name it, Shiplog makes up the name for
     * a canary or a colour, or for the Service of a side, so that it is there by accident.
     */
    static boolean takesName(Assignment assignment, ObjectKey key) {
        return !assignment.forceConflicts()
                && Set.of("Deployment", "Service").contains(key.kind())
                && assignment.objects().stream()
                        .noneMatch(object -> object.key().equals(key));
    }

    static Trouble ofName(String cluster, Assignment assignment, ObjectKey key) {
        var application = assignment.application();
        return new Trouble(
                Kind.CONFLICT,
                Troubles.about(key) + " in cluster " + cluster
                        + " was made by somebody else, and Shiplog needs the name for " + application
                        + "; rename or delete that one, or let Shiplog take it with --force-conflicts");
    }

    /** Two applications can't write one object: whoever comes second is told whose it is. */
    static Trouble ofApplication(String cluster, Assignment assignment, ObjectKey key, String owner) {
        return new Trouble(
                Kind.CONFLICT,
                Troubles.about(key) + " in cluster " + cluster + " belongs to the application " + owner + ", and "
                        + assignment.application()
                        + " can't have it too; give it another name in the release, or take it"
                        + " from " + owner + " for good with --force-conflicts");
    }

    /** What a refused write means. Which command settles it depends on how things stand when it is read. */
    static Trouble ofWrite(
            String cluster, Assignment assignment, ObjectKey key, Refusal refusal, Json.Obj present, Json.Obj wanted) {
        return ofSelector(key, refusal, present, wanted).orElseGet(() -> ofWrite(cluster, assignment, key, refusal));
    }

    static Trouble ofWrite(String cluster, Assignment assignment, ObjectKey key, Refusal refusal) {
        var trouble = Troubles.ofWrite(cluster, key, refusal);
        return trouble.kind() == Kind.CONFLICT
                ? new Trouble(
                        Kind.CONFLICT,
                        trouble.detail()
                                + (assignment.directions().aborting()
                                        ? ""
                                        : "; leave the field out of the release, or take it with --force-conflicts"
                                                + " (every time: spec.forceConflicts: true)"))
                : trouble;
    }

    /** Users have been sent elsewhere by hand; empty if that is not what the refusal is about. */
    private static Optional<Trouble> ofSelector(ObjectKey key, Refusal refusal, Json.Obj present, Json.Obj wanted) {
        var by = refusal.causes().stream()
                .filter(cause -> cause.reason().equals("FieldManagerConflict"))
                .filter(cause -> cause.field().startsWith(".spec.selector"))
                .map(cause -> cause.message().replaceFirst("^conflict with ", ""))
                .distinct()
                .collect(Collectors.joining(", "));
        return by.isEmpty() || !key.kind().equals("Service")
                ? Optional.empty()
                : Optional.of(new Trouble(
                        Kind.CONFLICT,
                        Troubles.about(key) + " selects " + selector(present) + " now, as set by " + by
                                + ", and is to select " + selector(wanted)));
    }

    private static String selector(Json.Obj service) {
        var selector = service.object("spec").object("selector");
        var terms = selector.members().keySet().stream()
                .sorted()
                .map(name -> name + "=" + selector.text(name).orElse(""))
                .collect(Collectors.joining(","));
        return terms.isEmpty() ? "nothing" : terms;
    }
}
