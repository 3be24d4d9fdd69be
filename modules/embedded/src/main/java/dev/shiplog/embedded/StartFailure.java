package dev.shiplog.embedded;

import org.jspecify.annotations.Nullable;

/** Something of the local installation could not start or stop; the message says what, where and what to do. */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StartFailure(String whatAndWhere, String whatToDo) {
        this(whatAndWhere, whatToDo, null);
    }

    public StartFailure(String whatAndWhere, String whatToDo, @Nullable Throwable cause) {
        super(whatAndWhere + "\n" + whatToDo, cause);
    }
}
