package dev.shiplog.localcluster.control;

import dev.shiplog.localcluster.ClusterSettings;
import java.util.List;

/** The controllers that every local cluster runs. */
public final class Controllers {
    private Controllers() {}

    /** In the order in which they are attached. */
    public static List<Controller> standard(ClusterSettings settings) {
        return List.of();
    }
}
