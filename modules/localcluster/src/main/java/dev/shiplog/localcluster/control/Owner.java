package dev.shiplog.localcluster.control;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A reference from an object to one that owns it. */
public record Owner(
        String apiVersion, String kind, String name, String uid, boolean controller, boolean blocksDeletion) {

    static Owner of(JsonNode reference) {
        return new Owner(
                Json.text(reference, "apiVersion"),
                Json.text(reference, "kind"),
                Json.text(reference, "name"),
                Json.text(reference, "uid"),
                Json.flag(reference, "controller"),
                Json.flag(reference, "blockOwnerDeletion"));
    }

    public static List<Owner> allOf(ObjectNode object) {
        return Json.at(object, "metadata", "ownerReferences")
                .valueStream()
                .map(Owner::of)
                .toList();
    }

    /** The one owner that manages the object. */
    public static Optional<Owner> controllerOf(ObjectNode object) {
        return allOf(object).stream().filter(Owner::controller).findFirst();
    }

    /** Where the controller of an object is kept, if it is of this kind. */
    public static Optional<ObjectKey> controllerKey(ObjectNode object, Kind kind) {
        return controllerOf(object)
                .filter(owner -> owner.kind().equals(kind.name()))
                .map(owner -> kind.key(Json.text(object, "metadata", "namespace"), owner.name()));
    }

    /** The references of an object whose only owner, and controller, is this one. */
    public static ArrayNode controlledBy(Kind kind, ObjectNode owner) {
        return Json.array(List.of(Json.object()
                .put("apiVersion", kind.apiVersion())
                .put("kind", kind.name())
                .put("name", Json.text(owner, "metadata", "name"))
                .put("uid", Json.text(owner, "metadata", "uid"))
                .put("controller", true)
                .put("blockOwnerDeletion", true)));
    }

    /** The object without its reference to the owner with this uid. */
    public static ObjectNode without(ObjectNode object, String uid) {
        ArrayNode others = Json.array(Json.at(object, "metadata", "ownerReferences")
                .valueStream()
                .filter(reference -> !Json.text(reference, "uid").equals(uid))
                .toList());
        return others.isEmpty()
                ? Json.without(object, "metadata", "ownerReferences")
                : Json.with(object, others, "metadata", "ownerReferences");
    }

    /** Where the owner is kept, if it is of a kind that is kept here. */
    public Optional<ObjectKey> key(String namespace) {
        return Kinds.byName(apiVersion, kind).map(known -> known.key(namespace, name));
    }

    /** The objects of a kind that have this one as their controller. */
    public static List<ObjectNode> controlled(Store store, ObjectNode owner, Kind kind) {
        String uid = Json.text(owner, "metadata", "uid");
        Collection<ObjectKey> keys = store.ownedBy(uid);
        return keys.stream()
                .filter(key -> key.kind().equals(kind))
                .map(store::get)
                .filter(Objects::nonNull)
                .filter(object -> isControlledBy(object, uid))
                .toList();
    }

    public static boolean isControlledBy(@Nullable ObjectNode object, String uid) {
        return object != null
                && controllerOf(object).filter(owner -> owner.uid().equals(uid)).isPresent();
    }
}
