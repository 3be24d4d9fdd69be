package dev.shiplog.views;

/** The read model can't be read or written just now; the same may work later. */
public final class ReadModelUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ReadModelUnavailable(Throwable cause) {
        super("the read model is out of reach: " + cause.getMessage(), cause);
    }
}
