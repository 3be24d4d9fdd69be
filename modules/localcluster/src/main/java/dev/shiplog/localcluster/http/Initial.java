package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import tools.jackson.databind.node.ObjectNode;

/** The status of an object that has just been created. */
final class Initial {
    private Initial() {}

    static ObjectNode status(Kind kind) {
        ObjectNode status = Json.object();
        if (kind.equals(Kinds.REPLICA_SET)) {
            status.put("replicas", 0);
        } else if (kind.equals(Kinds.STATEFUL_SET)) {
            status.put("replicas", 0).put("availableReplicas", 0);
        } else if (kind.equals(Kinds.DAEMON_SET)) {
            status.put("currentNumberScheduled", 0)
                    .put("numberMisscheduled", 0)
                    .put("desiredNumberScheduled", 0)
                    .put("numberReady", 0);
        } else if (kind.equals(Kinds.SERVICE)) {
            status.putObject("loadBalancer");
        } else if (kind.equals(Kinds.POD_DISRUPTION_BUDGET)) {
            status.put("disruptionsAllowed", 0)
                    .put("currentHealthy", 0)
                    .put("desiredHealthy", 0)
                    .put("expectedPods", 0);
        } else if (kind.equals(Kinds.HORIZONTAL_POD_AUTOSCALER)) {
            status.put("desiredReplicas", 0).putNull("currentMetrics");
        }
        return status;
    }
}
