package dev.shiplog.engine.ingest;

import dev.shiplog.domain.Outcome;
import java.util.concurrent.CompletionStage;

/** Takes commands in. */
public interface CommandDesk {

    /**
     * Hands the command to its application. The stage completes once the outcome is durable: the events it led to, or
     * its refusal, are in the journal. It fails if that is not known (journal out of reach, restart, time-out); the same
     * command may then be handed in again, and has one effect.
     *
     * <p>Commands for one application that are handed in one after another are decided in that order.
     */
    CompletionStage<Outcome> submit(Incoming command);
}
