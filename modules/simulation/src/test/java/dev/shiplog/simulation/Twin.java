package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.RolloutTask;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** One of two clusters of which the same is asked, on a clock of its own; what Shiplog can see of it. */
interface Twin extends AutoCloseable {

    ApplicationName APPLICATION = new ApplicationName("default", "hello");

    /** What is seen tells nothing of the clock, which is its own in each of the two. */
    Instant WHENEVER = Instant.EPOCH;

    /** By the way of the gateway, with all its care: {@code done}, or the kind of trouble. */
    String apply(RolloutTask.Apply task);

    /** As {@link #apply}. */
    String delete(RolloutTask.Delete task);

    /** The bare request of a writer that has read this version: {@code done} or {@code stale}. */
    String write(KubernetesObject object, Version read);

    /** Nobody but the cluster can read it; that of an object that is not there is {@link #version} too. */
    Version version(ObjectKey key);

    void wipe();

    void pass(long millis);

    Observation look();

    Set<ObjectKey> there();

    @Override
    void close();

    /** As which an object was read; empty where there was none. */
    record Version(Optional<String> text) {}
}
