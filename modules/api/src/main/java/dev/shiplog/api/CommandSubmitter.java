package dev.shiplog.api;

import dev.shiplog.domain.Outcome;
import dev.shiplog.protocol.Reading;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** Hands a command in, the same way as everybody's. */
public interface CommandSubmitter {

    /**
     * Submits the command. The stage completes with what became of it; it fails with a {@link TimeoutException} if that
     * was not known in time, and with anything else if the command could not be handed in, or nobody knows whether it
     * was. It may be submitted again, under the same id, and has one effect.
     */
    CompletionStage<Outcome> submit(Reading.Understood command, Duration patience);
}
