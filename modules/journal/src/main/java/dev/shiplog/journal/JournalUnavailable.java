package dev.shiplog.journal;

import org.jspecify.annotations.Nullable;

/** The database did not take or give the events; nothing is known to be lost, and it may work later. */
public final class JournalUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    public JournalUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
