package dev.shiplog.localcluster.history;

import dev.shiplog.localcluster.control.Owner;
import dev.shiplog.localcluster.deployment.Template;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The revisions of one workload. A template that comes back is the revision it was, with a new number.
 *
 * @param owner the StatefulSet or DaemonSet
 */
public record History(Store store, String manager, Kind kind, ObjectNode owner) {

    /** The revision of the template that the workload has now. */
    public ObjectNode current() {
        List<ObjectNode> all = inOrder();
        long latest = all.isEmpty() ? 0 : number(all.getLast());
        ObjectNode template = marked();
        for (ObjectNode revision : all) {
            if (Json.same(Json.at(revision, "data", "spec", "template"), template)) {
                return number(revision) == latest ? revision : renumbered(revision, latest + 1);
            }
        }
        return store.create(Kinds.CONTROLLER_REVISION, revision(template, latest + 1), manager);
    }

    /** The template of a revision by its name, as it was. */
    public JsonNode template(String revisionName) {
        ObjectNode revision =
                store.get(Kinds.CONTROLLER_REVISION.key(Json.text(owner, "metadata", "namespace"), revisionName));
        return revision != null && Json.at(revision, "data", "spec", "template") instanceof ObjectNode template
                ? Json.without(template, "$patch")
                : Json.at(owner, "spec", "template");
    }

    /** Forgets the oldest of those that are not in use, beyond the limit. */
    public void trim(int limit, List<String> inUse) {
        List<ObjectNode> idle = inOrder().stream()
                .filter(revision -> !inUse.contains(Json.text(revision, "metadata", "name")))
                .toList();
        idle.stream()
                .limit(Math.max(0, idle.size() - limit))
                .forEach(revision ->
                        store.delete(ObjectKey.of(Kinds.CONTROLLER_REVISION, revision), Deletion.BACKGROUND));
    }

    private List<ObjectNode> inOrder() {
        return Owner.controlled(store, owner, Kinds.CONTROLLER_REVISION).stream()
                .sorted(Comparator.comparingLong(History::number))
                .toList();
    }

    private ObjectNode renumbered(ObjectNode revision, long number) {
        return Objects.requireNonNull(store.update(
                ObjectKey.of(Kinds.CONTROLLER_REVISION, revision),
                manager,
                current -> Json.with(current, Json.number(number), "revision")));
    }

    private ObjectNode marked() {
        return Json.with((ObjectNode) Json.at(owner, "spec", "template"), Json.text("replace"), "$patch");
    }

    private ObjectNode revision(ObjectNode template, long number) {
        String hash = Template.hash(template, 0);
        ObjectNode labels = Json.object();
        Json.at(template, "metadata", "labels")
                .propertyStream()
                .forEach(label -> labels.set(label.getKey(), label.getValue()));
        labels.put(kind.equals(Kinds.DAEMON_SET) ? "controller-revision-hash" : "controller.kubernetes.io/hash", hash);
        ObjectNode metadata = Json.object();
        metadata.put("name", Json.text(owner, "metadata", "name") + "-" + hash);
        metadata.put("namespace", Json.text(owner, "metadata", "namespace"));
        metadata.set("labels", labels);
        metadata.set("ownerReferences", Owner.controlledBy(kind, owner));
        ObjectNode object = Json.object();
        object.put("apiVersion", Kinds.CONTROLLER_REVISION.apiVersion()).put("kind", "ControllerRevision");
        object.set("metadata", metadata);
        ObjectNode data = Json.object();
        data.putObject("spec").set("template", template);
        object.set("data", data);
        return object.put("revision", number);
    }

    private static long number(ObjectNode revision) {
        return Json.number(revision, 0, "revision");
    }
}
