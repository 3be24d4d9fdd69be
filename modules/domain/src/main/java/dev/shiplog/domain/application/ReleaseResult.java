package dev.shiplog.domain.application;

/** How a release stands, over all its clusters or on one. */
public enum ReleaseResult {
    IN_PROGRESS,
    COMPLETED,
    FAILED,
    ABORTED,
    SUPERSEDED,
    REMOVED;

    public boolean isFinal() {
        return this != IN_PROGRESS;
    }
}
