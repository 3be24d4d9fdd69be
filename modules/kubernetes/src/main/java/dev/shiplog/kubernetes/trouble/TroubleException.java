package dev.shiplog.kubernetes.trouble;

import dev.shiplog.domain.Trouble;

/** Ends a piece of work on a cluster; never leaves the gateway, which answers with the trouble. */
public final class TroubleException extends Exception {

    private final transient Trouble trouble;

    public TroubleException(Trouble trouble) {
        super(trouble.toString());
        this.trouble = trouble;
    }

    public TroubleException(Trouble.Kind kind, String detail) {
        this(new Trouble(kind, detail));
    }

    public Trouble trouble() {
        return trouble;
    }
}
