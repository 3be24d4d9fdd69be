package dev.shiplog.api;

import java.util.List;

/** Whether we can do our work. */
@FunctionalInterface
public interface Readiness {

    /** What is missing, each a sentence; nothing when all is there. */
    List<String> missing();
}
