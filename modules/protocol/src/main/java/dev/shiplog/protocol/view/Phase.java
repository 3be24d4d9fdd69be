package dev.shiplog.protocol.view;

/** How an application, or a rollout of it, is. */
public enum Phase {
    Healthy,
    Progressing,
    Paused,
    Degraded
}
