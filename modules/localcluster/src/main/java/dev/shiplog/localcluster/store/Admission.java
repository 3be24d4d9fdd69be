package dev.shiplog.localcluster.store;

import tools.jackson.databind.node.ObjectNode;

/**
 * Asked about every object before it is created, whoever creates it. Returns the object, completed or as it was, or
 * refuses with a {@link dev.shiplog.localcluster.status.StatusException}.
 */
@FunctionalInterface
public interface Admission {
    ObjectNode admit(Kind kind, ObjectNode candidate);
}
