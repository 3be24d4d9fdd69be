package dev.shiplog.localcluster.store;

import org.jspecify.annotations.Nullable;

/**
 * How something is to be deleted.
 *
 * @param graceSeconds null: the default of the kind (a Pod's own terminationGracePeriodSeconds)
 */
public record Deletion(Propagation propagation, @Nullable Long graceSeconds, boolean dryRun) {
    public static final Deletion BACKGROUND = new Deletion(Propagation.BACKGROUND, null, false);
    /** At once, as a kubelet does with a pod whose containers have ended. */
    public static final Deletion NOW = new Deletion(Propagation.BACKGROUND, 0L, false);

    /** What happens to the objects that it owns. */
    public enum Propagation {
        BACKGROUND,
        FOREGROUND,
        ORPHAN
    }
}
