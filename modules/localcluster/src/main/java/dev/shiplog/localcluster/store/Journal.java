package dev.shiplog.localcluster.store;

import java.util.function.BiConsumer;
import tools.jackson.databind.node.ObjectNode;

/** Remembers a store's objects beyond the life of the process. */
public interface Journal extends AutoCloseable {
    /** Hands back every object that was remembered; returns the resource version that was reached. */
    long restore(BiConsumer<ObjectKey, ObjectNode> into);

    void append(Change change);

    @Override
    void close();
}
