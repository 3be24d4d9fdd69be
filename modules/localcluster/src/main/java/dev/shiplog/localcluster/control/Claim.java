package dev.shiplog.localcluster.control;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.selector.LabelSelector;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which objects an owner manages: those that refer to it as their controller and match its selector. One that matches and
 * has no controller is adopted, one that no longer matches is released. What another controls is never touched, however
 * much the selectors overlap.
 *
 * @param manager in whose name references are written
 */
public record Claim(Store store, String manager, Kind ownerKind, ObjectNode owner) {

    /** @param orphans those of the namespace that have no controller */
    public List<ObjectNode> of(Kind kind, List<ObjectNode> orphans) {
        LabelSelector selector = LabelSelector.ofObject(Json.at(owner, "spec", "selector"));
        List<ObjectNode> claimed = new ArrayList<>();
        for (ObjectNode object : Owner.controlled(store, owner, kind)) {
            if (selector.matches(object) || isDeleting()) {
                claimed.add(object);
            } else {
                release(kind, object);
            }
        }
        if (!isDeleting()) {
            orphans.stream()
                    .filter(selector::matches)
                    .map(orphan -> adopt(kind, orphan))
                    .flatMap(Optional::stream)
                    .forEach(claimed::add);
        }
        return claimed;
    }

    private Optional<ObjectNode> adopt(Kind kind, ObjectNode object) {
        return Optional.ofNullable(store.update(ObjectKey.of(kind, object), manager, current -> {
            ArrayNode references = Json.array();
            references.addAll(Json.at(current, "metadata", "ownerReferences")
                    .valueStream()
                    .toList());
            references.addAll(Owner.controlledBy(ownerKind, owner).valueStream().toList());
            return Json.with(current, references, "metadata", "ownerReferences");
        }));
    }

    private void release(Kind kind, ObjectNode object) {
        String uid = Json.text(owner, "metadata", "uid");
        store.update(ObjectKey.of(kind, object), manager, current -> Owner.without(current, uid));
    }

    private boolean isDeleting() {
        return Json.at(owner, "metadata").has("deletionTimestamp");
    }
}
