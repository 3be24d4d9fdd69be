package dev.shiplog.localcluster.store;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One write, as listeners see it.
 *
 * @param before what stood there; null if added
 * @param object what stands there now; if deleted, the last state under the resource version of the deletion
 */
public record Change(Type type, ObjectKey key, @Nullable ObjectNode before, ObjectNode object, long resourceVersion) {

    /** In the words of a watch. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
