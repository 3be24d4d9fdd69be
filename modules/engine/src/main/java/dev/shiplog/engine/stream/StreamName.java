package dev.shiplog.engine.stream;

import dev.shiplog.domain.ApplicationName;

/** The name of a stream of events: {@code application/NAMESPACE/NAME} or {@code rollout/CLUSTER/NAMESPACE/NAME}. */
public record StreamName(String value) {

    public static StreamName application(ApplicationName application) {
        return new StreamName("application/" + application);
    }

    public static StreamName rollout(String cluster, ApplicationName application) {
        return new StreamName("rollout/" + cluster + "/" + application);
    }

    @Override
    public String toString() {
        return value;
    }
}
