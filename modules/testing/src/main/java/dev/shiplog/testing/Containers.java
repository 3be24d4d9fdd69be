package dev.shiplog.testing;

import org.testcontainers.containers.GenericContainer;

/** Whether tests use containers, and what is said where they should and can't. */
final class Containers {

    private static final String PROPERTY = "shiplog.test.containers";

    private Containers() {}

    static boolean areAskedFor() {
        return Boolean.getBoolean(PROPERTY);
    }

    static <C extends GenericContainer<?>> C started(C container) {
        try {
            container.start();
            return container;
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "-D" + PROPERTY
                            + "=true needs Docker, and none answers. Start Docker, or leave the property out: the tests"
                            + " then start a broker and a database of their own.",
                    e);
        }
    }
}
