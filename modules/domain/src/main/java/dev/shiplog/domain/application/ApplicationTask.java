package dev.shiplog.domain.application;

/** What an application is owed by the world. */
public sealed interface ApplicationTask {

    /**
     * A cluster has to carry out its assignment ({@link ApplicationDecider#assignment}) and report how it ended. Only the
     * assignment that is sent is worked out: with hundreds of clusters, most of what is owed is under way already.
     */
    record Carry(String cluster, int generation) implements ApplicationTask {}
}
