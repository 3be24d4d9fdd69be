package dev.shiplog.localcluster.apply;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.schema.Schema;
import dev.shiplog.localcluster.schema.Shape.Struct;
import dev.shiplog.localcluster.status.Cause;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.FieldOwnership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who owns which field of an object, as server-side apply has it.
 *
 * <p>A write that is no apply (an update) takes over whatever it changes. An apply claims whatever it contains; if it
 * would change what another owns, it is a conflict, unless it is forced. What an apply claimed before and leaves out now
 * goes away, if nobody else owns it.
 */
public final class Ownership implements FieldOwnership {
    private static final List<String> NOBODYS_METADATA = List.of(
            "name",
            "namespace",
            "creationTimestamp",
            "selfLink",
            "uid",
            "clusterName",
            "generation",
            "managedFields",
            "resourceVersion");

    private final Supplier<String> now;

    public Ownership(Supplier<String> timestamp) {
        this.now = timestamp;
    }

    /** The object after an update, with the changed fields in the owner's name. */
    public ObjectNode updated(@Nullable ObjectNode before, ObjectNode after, Owner owner) {
        Comparison changes = compare(before, after, owner);
        ManagedFields managed = ManagedFields.of(before);
        if (!changes.isEmpty()) {
            release(managed, owner, changes);
            managed.set(owner, managed.of(owner).minus(changes.removed()).union(changes.written()), now.get());
        }
        return managed.into(after);
    }

    @Override
    public ObjectNode written(@Nullable ObjectNode before, ObjectNode after, String manager, String subresource) {
        return updated(before, after, new Owner(manager, Owner.UPDATE, Json.text(after, "apiVersion"), subresource));
    }

    /**
     * The live object with the configuration applied; not yet canonical, as values are compared as written.
     *
     * @throws StatusException Conflict, with a cause for each field
     */
    public ObjectNode applied(@Nullable ObjectNode live, ObjectNode config, Owner owner, boolean force) {
        Struct shape = Schema.of(Json.text(config, "kind"));
        ManagedFields managed = ManagedFields.of(live);
        FieldSet last = managed.of(owner);
        FieldSet claimed = owned(owner).apply(Fields.of(config, shape));
        managed.set(owner, claimed, now.get());
        ObjectNode merged = (ObjectNode) Merge.over(live, config, shape);
        ObjectNode pruned = (ObjectNode) Merge.prune(merged, shape, last, managed.all());
        Comparison changes = compare(live, pruned, owner);
        if (!force) {
            refuseConflicts(managed, owner, changes);
        }
        release(managed, owner, changes);
        return managed.into(pruned);
    }

    private static Comparison compare(@Nullable ObjectNode before, ObjectNode after, Owner owner) {
        Struct shape = Schema.of(Json.text(after, "kind"));
        ObjectNode from = before == null ? Json.object() : before;
        return Comparison.of(from, after, shape).map(owned(owner));
    }

    private void release(ManagedFields managed, Owner writer, Comparison changes) {
        FieldSet gone = changes.written().union(changes.removed());
        for (Owner other : managed.owners()) {
            if (!other.equals(writer)) {
                managed.set(other, managed.of(other).minus(gone), now.get());
            }
        }
    }

    private static void refuseConflicts(ManagedFields managed, Owner applier, Comparison changes) {
        Map<String, List<String>> conflicts = new TreeMap<>();
        for (Owner other : managed.owners()) {
            FieldSet contested = managed.of(other).intersect(changes.written());
            if (!other.equals(applier) && !contested.isEmpty()) {
                conflicts
                        .computeIfAbsent(other.toString(), unknown -> new ArrayList<>())
                        .addAll(contested.paths());
            }
        }
        if (conflicts.isEmpty()) {
            return;
        }
        List<Cause> causes = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        conflicts.forEach((other, paths) -> {
            lines.add("conflicts with " + other + ":");
            paths.forEach(path -> {
                lines.add("- " + path);
                causes.add(new Cause("FieldManagerConflict", "conflict with " + other, path));
            });
        });
        String message = causes.size() == 1
                ? "Apply failed with 1 conflict: " + causes.get(0).message() + ": "
                        + causes.get(0).field()
                : "Apply failed with " + causes.size() + " conflicts: " + String.join("\n", lines);
        ObjectNode details = Json.object();
        details.set("causes", StatusException.causes(causes));
        throw StatusException.of(409, "Conflict", message, details);
    }

    /** Strips what nobody owns, and what a write by this way cannot touch. */
    private static UnaryOperator<FieldSet> owned(Owner owner) {
        return fields -> {
            FieldSet left = fields.without("apiVersion").without("kind");
            for (String name : NOBODYS_METADATA) {
                left = left.without("metadata", name);
            }
            return owner.subresource().equals("status") ? left.without("spec") : left.without("status");
        };
    }
}
