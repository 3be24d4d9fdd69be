package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which kinds have which subresources. */
public final class Subresources {
    private static final Set<Kind> WITH_STATUS = Set.of(
            Kinds.NAMESPACE,
            Kinds.NODE,
            Kinds.SERVICE,
            Kinds.POD,
            Kinds.RESOURCE_QUOTA,
            Kinds.DEPLOYMENT,
            Kinds.REPLICA_SET,
            Kinds.STATEFUL_SET,
            Kinds.DAEMON_SET,
            Kinds.POD_DISRUPTION_BUDGET,
            Kinds.HORIZONTAL_POD_AUTOSCALER,
            Kinds.HTTP_ROUTE);
    private static final Set<String> OF_PROCESSES =
            Set.of("log", "exec", "attach", "portforward", "ephemeralcontainers");
    private static final Set<Kind> WITH_SCALE = Set.of(Kinds.DEPLOYMENT, Kinds.REPLICA_SET, Kinds.STATEFUL_SET);

    private Subresources() {}

    public static boolean hasStatus(Kind kind) {
        return WITH_STATUS.contains(kind);
    }

    /** What needs a process in a pod, where there is none. */
    static boolean needsProcess(Kind kind, String name) {
        return kind.equals(Kinds.POD) && OF_PROCESSES.contains(name);
    }

    public static List<String> of(Kind kind) {
        List<String> names = new ArrayList<>();
        if (kind.equals(Kinds.POD)) {
            names.add("eviction");
        }
        if (kind.equals(Kinds.NAMESPACE)) {
            names.add("finalize");
        }
        if (WITH_SCALE.contains(kind)) {
            names.add("scale");
        }
        if (WITH_STATUS.contains(kind)) {
            names.add("status");
        }
        return names;
    }
}
