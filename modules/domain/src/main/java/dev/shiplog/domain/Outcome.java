package dev.shiplog.domain;

/** What became of a command, as its submitter is told; the same each time the command arrives. */
public sealed interface Outcome {

    /** @param revision the revision the command made or found; 0 where there is none */
    record Accepted(int revision, String message) implements Outcome {}

    record Refused(String code, String message) implements Outcome {}
}
