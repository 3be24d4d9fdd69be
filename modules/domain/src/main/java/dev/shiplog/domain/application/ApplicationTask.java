package dev.shiplog.domain.application;

import dev.shiplog.domain.rollout.Assignment;

/** What an application is owed by the world. */
public sealed interface ApplicationTask {

    /** A cluster has to carry out its assignment and report how it ended. */
    record Carry(Assignment assignment) implements ApplicationTask {}
}
