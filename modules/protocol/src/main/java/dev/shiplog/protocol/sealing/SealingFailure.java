package dev.shiplog.protocol.sealing;

/** A value could not be sealed or opened; tells which secret and which key, never a value or a part of one. */
public final class SealingFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SealingFailure(String problem) {
        super(problem);
    }

    SealingFailure(String problem, Throwable cause) {
        super(problem, cause);
    }
}
