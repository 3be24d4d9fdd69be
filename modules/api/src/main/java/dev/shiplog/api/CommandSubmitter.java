package dev.shiplog.api;

import dev.shiplog.domain.Outcome;
import dev.shiplog.protocol.Reading;
import java.util.concurrent.CompletionStage;

/** Hands a command in, the same way as everybody's. */
public interface CommandSubmitter {

    /**
     * Submits the command. The stage completes with what became of it, and stays open for as long as that is not known;
     * it fails if the command could not be handed in, or nobody knows whether it was: it may then be submitted again,
     * under the same id, and has one effect.
     */
    CompletionStage<Outcome> submit(Reading.Understood command);
}
