package dev.shiplog.localcluster.control;

import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;

/**
 * Something that brings a cluster from what is wanted to what is. It is attached on the cluster's thread, before the
 * first request is answered, to a store that may already hold objects from an earlier life.
 */
@FunctionalInterface
public interface Controller {
    void attach(Store store, Timers timers);
}
