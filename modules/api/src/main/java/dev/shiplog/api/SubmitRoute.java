package dev.shiplog.api;

import dev.shiplog.api.http.Exchange;
import dev.shiplog.api.http.Parameters;
import dev.shiplog.api.http.Problems;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.protocol.Commands;
import dev.shiplog.protocol.Envelope;
import dev.shiplog.protocol.Reading;
import dev.shiplog.protocol.view.Receipt;
import dev.shiplog.views.ReadModelUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a command in and waits for what becomes of it. When it was accepted, what follows can be read as soon as the
 * answer is there: whoever asks next sees it.
 */
final class SubmitRoute {

    private static final Logger log = LoggerFactory.getLogger(SubmitRoute.class);
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Duration WAIT_MAX = Duration.ofMinutes(10);
    private static final Duration READABLE = Duration.ofSeconds(2);

    private final Sources sources;

    SubmitRoute(Sources sources) {
        this.sources = sources;
    }

    void submit(Exchange exchange) {
        var wait = Parameters.duration(exchange, "wait", WAIT, WAIT_MAX);
        var command = command(exchange);
        var outcome = outcome(command, wait);
        if (outcome.isEmpty()) {
            exchange.json(202, pending(command));
            return;
        }
        switch (outcome.get()) {
            case Outcome.Refused refused ->
                throw Problems.refused(status(refused.code()), refused.code(), refused.message());
            case Outcome.Accepted accepted -> {
                awaitReadable(command);
                exchange.json(receipt(command, "accepted", accepted));
            }
        }
    }

    /** It is decided: who can't read it yet is told so all the same. */
    private void awaitReadable(Reading.Understood command) {
        try {
            sources.readModel().awaitCommand(command.application(), command.id(), READABLE);
        } catch (ReadModelUnavailable e) {
            log.debug("The effects of {} can't be read just now", command.id(), e);
        }
    }

    private static Reading.Understood command(Exchange exchange) {
        var envelope = new Envelope(
                Optional.of(exchange.header("content-type").orElse("")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new CommandId("api", UUID.randomUUID().toString())));
        return switch (Commands.read(exchange.body(), envelope)) {
            case Reading.Understood understood -> understood;
            case Reading.NotUnderstood not ->
                throw Problems.refused(
                        not.code().equals("unsupported-content-type") ? 415 : 400, not.code(), not.message());
        };
    }

    private Optional<Outcome> outcome(Reading.Understood command, Duration wait) {
        try {
            return Optional.of(sources.submitter()
                    .submit(command, wait)
                    .toCompletableFuture()
                    .get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                return Optional.empty();
            }
            log.warn("Command {} could not be handed in", command.id(), e.getCause());
            throw unknown(command.id());
        } catch (InterruptedException e) {
            // The server ends, and Kafka may have the command.
            Thread.currentThread().interrupt();
            throw unknown(command.id());
        }
    }

    private static Problems.Refused unknown(CommandId id) {
        return Problems.refused(
                503,
                "not-submitted",
                "it is not known whether the command was handed in; submit it again with source \"" + id.source()
                        + "\" and id \"" + id.id() + "\", it takes effect once all the same");
    }

    private static Receipt pending(Reading.Understood command) {
        return receipt(
                command,
                "pending",
                new Outcome.Accepted(
                        0,
                        "no outcome yet; submitted again with the same source and id, the command is told its outcome"));
    }

    private static Receipt receipt(Reading.Understood command, String status, Outcome.Accepted told) {
        return new Receipt(
                command.id().id(),
                command.id().source(),
                command.application().toString(),
                status,
                told.revision(),
                told.revisions().stream()
                        .map(made -> new Receipt.Made(made.revision(), made.clusters()))
                        .toList(),
                "",
                told.message());
    }

    /** Unknown is 404; what the state does not allow now is 409; all other refusals are of the command itself. */
    private static int status(String code) {
        return switch (code) {
            case "unknown-application", "unknown-cluster", "unknown-revision" -> 404;
            case "paused",
                    "already-paused",
                    "not-paused",
                    "not-promoted",
                    "no-room-for-canary",
                    "nothing-to-undo",
                    "being-deleted" -> 409;
            default -> 422;
        };
    }
}
