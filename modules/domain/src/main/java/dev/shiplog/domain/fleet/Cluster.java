package dev.shiplog.domain.fleet;

import java.util.Map;

/** One Kubernetes cluster as the rules see it: its name and the labels by which it is chosen. */
public record Cluster(String name, Map<String, String> labels) {
    public Cluster {
        labels = Map.copyOf(labels);
    }
}
