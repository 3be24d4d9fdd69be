package dev.shiplog.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.domain.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nobody decides, and more submitters than may wait for their outcome: at once, from many threads. */
class WaitingSubmittersTest {

    private static final int MOST = 20;
    private static final int TOO_MANY = 200;

    @Test
    void noMoreWaitThanMayAndWhoIsRefusedMayComeAgain() throws Exception {
        try (var client = CommandClient.start(Broker.connection(), MOST, TransferLimits.USUAL)) {
            var all = IntStream.range(0, MOST + TOO_MANY)
                    .parallel()
                    .mapToObj(n -> submit(client, "early-" + n))
                    .toList();
            assertThat(all.stream().filter(submitted -> refused(submitted))).hasSize(TOO_MANY);

            try (var intake = deciding()) {
                for (var submitted : all) {
                    if (!refused(submitted)) {
                        assertThat(submitted.get(1, TimeUnit.MINUTES)).isEqualTo(new Outcome.Accepted(1, ""));
                    }
                }
                assertThat(submit(client, "late").get(1, TimeUnit.MINUTES)).isEqualTo(new Outcome.Accepted(1, ""));
                assertThat(intake.trouble()).isEmpty();
                Broker.await("everything is committed", () -> Broker.uncommitted() == 0);
            }
        }
    }

    @Test
    void whoWaitsForTheSameCommandIsToldThoughAnotherGivesUp() throws Exception {
        try (var client = CommandClient.start(Broker.connection(), 2, TransferLimits.USUAL)) {
            var patient = submit(client, "shared");
            var hasty = submit(client, "shared", Duration.ofMillis(100));
            assertThatThrownBy(hasty::get).hasCauseInstanceOf(TimeoutException.class);
            assertThat(patient).isNotDone();

            try (var intake = deciding()) {
                assertThat(patient.get(1, TimeUnit.MINUTES)).isEqualTo(new Outcome.Accepted(1, ""));
                assertThat(intake.trouble()).isEmpty();
                Broker.await("everything is committed", () -> Broker.uncommitted() == 0);
            }
        }
    }

    /** The same source and id may be given to commands for two applications, which each have their own outcome. */
    @Test
    void nobodyIsToldTheOutcomeOfAnotherApplication() throws Exception {
        try (var client = CommandClient.start(Broker.connection(), 2, TransferLimits.USUAL);
                var intake = CommandIntake.start(
                        Broker.connection(),
                        "test",
                        command -> command.application().name().equals("a")
                                ? CompletableFuture.completedFuture(new Outcome.Accepted(1, ""))
                                : new CompletableFuture<Outcome>()
                                        .completeOnTimeout(new Outcome.Refused("b", ""), 500, TimeUnit.MILLISECONDS),
                        IntakeLimits.USUAL.withDrainMillis(300),
                        TransferLimits.USUAL)) {
            var b = client.submit(Samples.scale("submitters/b", "same", 1), Duration.ofMinutes(1))
                    .toCompletableFuture();
            var a = submit(client, "same");
            assertThat(a.get(1, TimeUnit.MINUTES)).isEqualTo(new Outcome.Accepted(1, ""));
            assertThat(b.get(1, TimeUnit.MINUTES)).isEqualTo(new Outcome.Refused("b", ""));
            assertThat(intake.trouble()).isEmpty();
            Broker.await("everything is committed", () -> Broker.uncommitted() == 0);
        }
    }

    /** Late is only what Kafka has: that is found out, however little time there is for the outcome. */
    @Test
    void whoHasNoPatienceForTheOutcomeIsToldWhetherKafkaHasTheCommand() throws Exception {
        try (var client = CommandClient.start(Broker.connection(), 2, TransferLimits.USUAL)) {
            var taken = submit(client, "taken", Duration.ZERO);
            assertThatThrownBy(() -> taken.get(1, TimeUnit.MINUTES)).hasCauseInstanceOf(TimeoutException.class);

            int before = Broker.limit(Topics.COMMANDS, 1);
            try {
                Broker.await("the broker takes nothing any more", () -> {
                    var untaken = submit(client, "untaken", Duration.ZERO);
                    assertThatThrownBy(() -> untaken.get(1, TimeUnit.MINUTES)).isNotNull();
                    return refused(untaken);
                });
            } finally {
                assertThat(Broker.limit(Topics.COMMANDS, before)).isEqualTo(1);
            }
        }
        try (var intake = deciding()) {
            Broker.await("everything is committed", () -> Broker.uncommitted() == 0);
            assertThat(intake.trouble()).isEmpty();
        }
    }

    private static CommandIntake deciding() {
        return CommandIntake.start(
                Broker.connection(),
                "test",
                command -> CompletableFuture.completedFuture(new Outcome.Accepted(1, "")),
                IntakeLimits.USUAL.withDrainMillis(300),
                TransferLimits.USUAL);
    }

    private static CompletableFuture<Outcome> submit(CommandClient client, String id) {
        return submit(client, id, Duration.ofMinutes(2));
    }

    private static CompletableFuture<Outcome> submit(CommandClient client, String id, Duration patience) {
        return client.submit(Samples.scale("submitters/a", id, 1), patience).toCompletableFuture();
    }

    private static boolean refused(CompletableFuture<Outcome> submitted) {
        return submitted.isCompletedExceptionally() && submitted.exceptionNow() instanceof KafkaUnavailable;
    }
}
