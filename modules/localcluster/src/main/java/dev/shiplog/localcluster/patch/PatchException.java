package dev.shiplog.localcluster.patch;

/** A patch that cannot be read, or does not fit what it is to change. */
public final class PatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PatchException(String message) {
        super(message, null, false, false);
    }
}
