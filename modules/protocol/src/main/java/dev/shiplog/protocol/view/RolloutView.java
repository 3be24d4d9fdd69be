package dev.shiplog.protocol.view;

/** One application on one cluster, as a row. */
public record RolloutView(String application, AppView.OnCluster rollout) {}
