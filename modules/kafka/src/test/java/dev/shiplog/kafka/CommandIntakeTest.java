package dev.shiplog.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.application.Application;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.engine.ingest.CommandDesk;
import dev.shiplog.engine.ingest.Incoming;
import dev.shiplog.protocol.Commands;
import dev.shiplog.protocol.Format;
import dev.shiplog.protocol.Outcomes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Against a real broker; the desk stands for the applications. */
class CommandIntakeTest {

    private static final IntakeLimits LIMITS =
            new IntakeLimits(50, 1024 * 1024, Application.REMEMBERED_COMMANDS, Duration.ofMillis(300));

    @Test
    void anOutcomeHasTheKeyTheIdAndTheFormOfItsCommand() throws Exception {
        CommandDesk desk = command -> CompletableFuture.completedFuture(
                command.id().id().equals("good")
                        ? new Outcome.Accepted(7, "released")
                        : new Outcome.Refused("unknown-revision", "unable to find specified revision 9"));
        try (var outcomes = Broker.tail(Topics.OUTCOMES);
                var intake = start(desk)) {
            Broker.send(List.of(
                    Samples.protobuf(Samples.scale("default/a", "good", 1)),
                    Samples.record(
                            "default/b",
                            Samples.json("default/b", "bad").getBytes(UTF_8),
                            "content-type",
                            "application/json",
                            "traceparent",
                            "00-1-2-01")));
            var byKey = new HashMap<String, ConsumerRecord<byte[], byte[]>>();
            outcomes.await(2).forEach(record -> byKey.put(new String(record.key(), UTF_8), record));

            assertThat(Outcomes.read(record(byKey, "default/a").value(), Format.PROTOBUF))
                    .isEqualTo(new Outcomes.Told(
                            new CommandId("test", "good"),
                            ApplicationName.parse("default/a"),
                            new Outcome.Accepted(7, "released")));
            assertThat(new String(record(byKey, "default/b").value(), UTF_8))
                    .contains("bad", "unknown-revision", "unable to find");
            assertThat(header(record(byKey, "default/b"), "content-type")).isEqualTo("application/json");
            assertThat(header(record(byKey, "default/b"), "ce_type")).isEqualTo("dev.shiplog.command.refused");
            assertThat(header(record(byKey, "default/b"), "traceparent")).isEqualTo("00-1-2-01");
            Broker.await("everything is committed", () -> Broker.uncommitted() == 0);
            assertThat(intake.open()).isZero();
        }
    }

    @Test
    void whatIsNoCommandBecomesADeadLetterAsItWas() throws Exception {
        try (var deadLetters = Broker.tail(Topics.DEAD_LETTERS);
                var intake = start(command -> CompletableFuture.failedFuture(new AssertionError("not for the desk")))) {
            byte[] large = new byte[Topics.COMMAND_MAX_BYTES + 1];
            new Random(1).nextBytes(large);
            var broken = List.of(
                    new ProducerRecord<>(Topics.COMMANDS, 3, "default/a".getBytes(UTF_8), "broken".getBytes(UTF_8)),
                    Samples.record("default/b", "x".getBytes(UTF_8), "content-type", "text/plain", "own", "kept"),
                    Samples.record("default/c", large),
                    Samples.record("default/c", Commands.toProtobuf(Samples.scale("default/d", "1", 1))));
            Broker.send(broken);

            var byCode = new HashMap<String, ConsumerRecord<byte[], byte[]>>();
            deadLetters.await(4).forEach(record -> byCode.put(header(record, "shiplog-error-code"), record));
            assertThat(byCode.keySet())
                    .containsExactlyInAnyOrder("malformed", "unsupported-content-type", "too-large", "key-mismatch");
            var malformed = record(byCode, "malformed");
            assertThat(malformed.value()).isEqualTo("broken".getBytes(UTF_8));
            assertThat(header(malformed, "shiplog-error-source-topic")).isEqualTo(Topics.COMMANDS);
            assertThat(header(malformed, "shiplog-error-source-partition")).isEqualTo("3");
            assertThat(header(malformed, "shiplog-error-source-offset")).matches("\\d+");
            assertThat(header(malformed, "shiplog-error-message")).isNotBlank();
            assertThat(header(record(byCode, "unsupported-content-type"), "own"))
                    .isEqualTo("kept");
            assertThat(record(byCode, "too-large").value()).isEqualTo(large);
            Broker.await("everything is committed", () -> Broker.uncommitted() == 0);
            assertThat(intake.open()).isZero();
        }
    }

    @Test
    void commandsOfOneKeyAreDecidedInOrderAndThoseOfManySideBySide() throws Exception {
        int applications = 20;
        int each = 40;
        var chance = new Random(7);
        Map<String, List<Integer>> decided = new ConcurrentHashMap<>();
        var atOnce = new AtomicInteger();
        var mostAtOnce = new AtomicInteger();
        CommandDesk desk = command -> {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            decided.computeIfAbsent(
                            command.application().toString(), name -> Collections.synchronizedList(new ArrayList<>()))
                    .add(replicas(command));
            return CompletableFuture.supplyAsync(
                    () -> {
                        atOnce.decrementAndGet();
                        return new Outcome.Accepted(1, "");
                    },
                    CompletableFuture.delayedExecutor(chance.nextInt(4), TimeUnit.MILLISECONDS));
        };
        try (var outcomes = Broker.tail(Topics.OUTCOMES);
                var intake = start(desk)) {
            var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
            for (int n = 0; n < each; n++) {
                for (int a = 0; a < applications; a++) {
                    records.add(Samples.protobuf(Samples.scale("order/a" + a, a + "-" + n, n)));
                }
            }
            Broker.send(records);
            outcomes.await(applications * each);
            assertThat(intake.open()).isBetween(0, LIMITS.records());
        }
        assertThat(decided).hasSize(applications);
        assertThat(decided.values())
                .allSatisfy(numbers -> assertThat(numbers).isSorted().hasSize(each));
        assertThat(mostAtOnce.get()).isGreaterThan(4);
    }

    @Test
    void aCommandWhoseOutcomeIsNotKnownIsHandedInAgain() throws Exception {
        var attempts = new ConcurrentLinkedQueue<String>();
        CommandDesk desk = command -> {
            attempts.add(command.id().id());
            return attempts.size() < 4
                    ? CompletableFuture.failedFuture(new TimeoutException("journal out of reach"))
                    : CompletableFuture.completedFuture(new Outcome.Accepted(1, ""));
        };
        try (var outcomes = Broker.tail(Topics.OUTCOMES);
                var intake = start(desk)) {
            Broker.send(List.of(
                    Samples.protobuf(Samples.scale("again/a", "first", 1)),
                    Samples.protobuf(Samples.scale("again/a", "second", 2))));
            assertThat(outcomes.await(2))
                    .extracting(record -> header(record, CommandHandling.COMMAND_ID))
                    .containsExactly("first", "second");
            assertThat(attempts).containsExactly("first", "first", "first", "first", "second");
            assertThat(intake.open()).isBetween(0, 1);
        }
    }

    @Test
    void partitionsThatWereAddedDuringAShortAbsenceAreTakenToo() throws Exception {
        CommandDesk desk = command -> CompletableFuture.completedFuture(new Outcome.Accepted(1, ""));
        try (var before = start(desk)) {
            Broker.await("everything is committed", () -> Broker.uncommitted() == 0);
            assertThat(before.open()).isZero();
        }
        int added = Broker.addPartition(Topics.COMMANDS);
        try (var outcomes = Broker.tail(Topics.OUTCOMES);
                var back = start(desk)) {
            var record = Samples.protobuf(Samples.scale("added/a", "added", 1));
            Broker.send(List.of(
                    new ProducerRecord<>(record.topic(), added, record.key(), record.value(), record.headers())));
            assertThat(outcomes.await(1)).hasSize(1);
            assertThat(back.trouble()).isEmpty();
        }
    }

    @Test
    void aDeadLetterOfAnAddedPartitionFindsItsPlace() throws Exception {
        int added = Broker.addPartition(Topics.COMMANDS);
        CommandDesk desk = command -> CompletableFuture.completedFuture(new Outcome.Accepted(1, ""));
        try (var deadLetters = Broker.tail(Topics.DEAD_LETTERS);
                var intake = start(desk)) {
            Broker.send(List.of(new ProducerRecord<>(
                    Topics.COMMANDS, added, "dead/a".getBytes(UTF_8), "no command".getBytes(UTF_8))));
            var dead = deadLetters.await(1).getFirst();
            assertThat(header(dead, "shiplog-error-source-partition")).isEqualTo(String.valueOf(added));
            assertThat(intake.trouble()).isEmpty();
        }
    }

    @Test
    void memoryIsBoundedAndNothingIsCommittedBeforeItsOutcome() throws Exception {
        int commands = 400;
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (int n = 0; n < commands; n++) {
            records.add(Samples.protobuf(Samples.scale("bounded/a" + n, "b" + n, 1)));
        }
        try (var intake = start(command -> new CompletableFuture<>())) {
            Broker.await("the one before has been read to its end", () -> Broker.uncommitted() == 0);
            Broker.send(records);
            Broker.await("it is full", () -> intake.open() >= LIMITS.records());
            assertThat(Broker.uncommitted()).isEqualTo(commands);
            assertThat(intake.open()).isLessThan(2 * LIMITS.records());
        }
        assertThat(Broker.uncommitted()).as("after a stop in the middle").isEqualTo(commands);

        try (var outcomes = Broker.tail(Topics.OUTCOMES);
                var again = start(command -> CompletableFuture.completedFuture(new Outcome.Accepted(1, "")))) {
            assertThat(outcomes.await(commands)).hasSize(commands);
            Broker.await("everything is committed", () -> Broker.uncommitted() == 0);
            assertThat(again.open()).isZero();
        }
    }

    @Test
    void aSubmitterLearnsTheOutcomeOfItsCommand() throws Exception {
        CommandDesk desk = command -> command.id().id().equals("never")
                ? new CompletableFuture<>()
                : CompletableFuture.completedFuture(new Outcome.Accepted(replicas(command), "scaled"));
        try (var client = CommandClient.start(Broker.connection(), 1, TransferLimits.USUAL);
                var intake = start(desk)) {
            var outcome = client.submit(Samples.scale("client/a", "c1", 5), Duration.ofSeconds(20));
            assertThat(outcome.toCompletableFuture().get()).isEqualTo(new Outcome.Accepted(5, "scaled"));

            var pending = client.submit(Samples.scale("client/b", "never", 5), Duration.ofMillis(300));
            var oneTooMany = client.submit(Samples.scale("client/c", "c2", 5), Duration.ofSeconds(20));
            assertThatThrownBy(() -> oneTooMany.toCompletableFuture().get())
                    .hasCauseInstanceOf(KafkaUnavailable.class)
                    .hasMessageContaining("1 commands already wait");
            assertThatThrownBy(() -> pending.toCompletableFuture().get()).hasCauseInstanceOf(TimeoutException.class);

            var delays = new ArrayList<Long>();
            for (int n = 0; n < 50; n++) {
                long began = System.nanoTime();
                client.submit(Samples.scale("client/a", "d" + n, 1), Duration.ofSeconds(20))
                        .toCompletableFuture()
                        .get();
                delays.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
            }
            Collections.sort(delays);
            System.out.printf("from submit to outcome: p50 %d us, p98 %d us%n", delays.get(25), delays.get(49));
            assertThat(intake.open()).isBetween(1, 2);
        }
        try (var rest = start(command -> CompletableFuture.completedFuture(new Outcome.Accepted(1, "")))) {
            Broker.await("what was left open is done", () -> Broker.uncommitted() == 0);
            assertThat(rest.open()).isZero();
        }
    }

    private static CommandIntake start(CommandDesk desk) {
        return CommandIntake.start(Broker.connection(), "test", desk, LIMITS, TransferLimits.USUAL);
    }

    private static ConsumerRecord<byte[], byte[]> record(
            Map<String, ConsumerRecord<byte[], byte[]>> records, String name) {
        return Objects.requireNonNull(records.get(name), name);
    }

    private static int replicas(Incoming command) {
        return ((ApplicationCommand.Scale) command.command()).replicas();
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
