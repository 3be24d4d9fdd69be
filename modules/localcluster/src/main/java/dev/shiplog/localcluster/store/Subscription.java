package dev.shiplog.localcluster.store;

/** Ends a listener's subscription. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
