package dev.shiplog.localcluster.store;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Keeps metadata.managedFields when a controller writes. */
@FunctionalInterface
public interface FieldOwnership {
    FieldOwnership NONE = (before, after, manager, subresource) -> after;

    /** The object after the write, with the fields that the manager has changed in its name. */
    ObjectNode written(@Nullable ObjectNode before, ObjectNode after, String manager, String subresource);
}
