package dev.shiplog.kubernetes.write;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.kubernetes.access.Answer;
import dev.shiplog.kubernetes.access.ApiServer;
import dev.shiplog.kubernetes.trouble.Refusal;
import dev.shiplog.kubernetes.trouble.TroubleException;
import dev.shiplog.kubernetes.trouble.Troubles;
import java.util.List;

/**
 * The limits of a rolling update in a Deployment that is to become Recreate. The API server refuses the two together, and
 * an apply removes only what the same manager has applied before: limits that the server filled in, or that somebody
 * else wrote, are removed by a patch first. It is fenced as the apply is, and restarts no pod.
 *
 * <p>The patch makes an owner of its own, of the same name: what it wrote must not be in the way of a later apply.
 */
final class FormerLimits {

    private static final String FIELD = "spec.strategy.rollingUpdate";
    private static final String REMOVED = "rollingUpdate";

    private final ApiServer server;

    FormerLimits(ApiServer server) {
        this.server = server;
    }

    /** Whether it is they that an apply was refused for, and not what it contains itself. */
    static boolean areRefused(Refusal refusal, Json.Obj wanted) {
        var strategy = wanted.object("spec").object("strategy");
        return refusal.code() == 422
                && refusal.causes().stream().anyMatch(cause -> cause.field().equals(FIELD))
                && strategy.text("type").filter("Recreate"::equals).isPresent()
                && strategy.at(REMOVED).isEmpty();
    }

    /** What has changed since it was read is left alone. */
    void takeAway(Assignment assignment, ObjectKey key, String path, Answer present)
            throws TroubleException, InterruptedException {
        var others = owners(present.withManagers());
        if (!others.isEmpty() && !assignment.forceConflicts()) {
            var conflict = new Refusal(409, "Conflict", "", "", "", others);
            throw new TroubleException(StrangersWork.ofWrite(server.cluster(), assignment, key, conflict));
        }
        var answer = server.merge(path, "fieldManager=" + Applier.FIELD_MANAGER, removal(present.json()));
        if (!answer.isSuccess() && !answer.refusal().isStale()) {
            throw new TroubleException(Troubles.ofWrite(server.cluster(), key, answer.refusal()));
        }
    }

    private static Json.Obj removal(Json.Obj present) {
        var version = present.object("metadata").text("resourceVersion").orElse("");
        var strategy = Json.EMPTY.with("type", Json.text("Recreate")).with(REMOVED, Json.Null.NULL);
        return Json.EMPTY
                .with("metadata", Json.EMPTY.with("resourceVersion", Json.text(version)))
                .with("spec", Json.EMPTY.with("strategy", strategy));
    }

    /** Who has written them, as a conflict would name each. */
    private static List<Refusal.Cause> owners(Json.Obj present) {
        return present.object("metadata").list("managedFields").stream()
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .filter(entry -> entry.object("fieldsV1")
                        .object("f:spec")
                        .object("f:strategy")
                        .at("f:" + REMOVED)
                        .isPresent())
                .map(entry -> entry.text("manager").orElse(""))
                .filter(manager -> !manager.equals(Applier.FIELD_MANAGER))
                .distinct()
                .map(manager ->
                        new Refusal.Cause("FieldManagerConflict", "." + FIELD, "conflict with \"" + manager + "\""))
                .toList();
    }
}
