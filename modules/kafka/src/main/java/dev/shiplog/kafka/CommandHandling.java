package dev.shiplog.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.shiplog.domain.Outcome;
import dev.shiplog.engine.ingest.CommandDesk;
import dev.shiplog.engine.ingest.Incoming;
import dev.shiplog.protocol.Format;
import dev.shiplog.protocol.Outcomes;
import dev.shiplog.protocol.Reading.NotUnderstood;
import dev.shiplog.protocol.Reading.Understood;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with one record: a command goes to its application and its outcome to the outcomes, anything else to the
 * dead letters. Done means durable; a failure means that it may be done again.
 */
final class CommandHandling {

    static final String COMMAND_ID = "shiplog-command-id";
    static final String COMMAND_SOURCE = "shiplog-command-source";
    static final String APPLICATION = "ce_subject";

    private static final Logger log = LoggerFactory.getLogger(CommandHandling.class);
    private static final String ERROR = "shiplog-error-";

    private final CommandReader reader;
    private final CommandDesk desk;
    private final Sender sender;

    CommandHandling(CommandReader reader, CommandDesk desk, Sender sender) {
        this.reader = reader;
        this.desk = desk;
        this.sender = sender;
    }

    CompletionStage<Void> handle(ConsumerRecord<byte[], byte[]> record) {
        return switch (reader.read(record)) {
            case Understood understood ->
                desk.submit(incoming(understood))
                        .thenCompose(outcome -> sender.send(answer(record, understood, outcome)));
            case NotUnderstood broken -> {
                log.warn("Dead letter {}: {}: {}", place(record), broken.code(), broken.message());
                yield sender.send(deadLetter(record, broken));
            }
        };
    }

    static String place(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    private static ProducerRecord<byte[], byte[]> answer(
            ConsumerRecord<byte[], byte[]> record, Understood understood, Outcome outcome) {
        Format format = Form.of(record);
        var told = new Outcomes.Told(understood.id(), understood.application(), outcome);
        String type = switch (outcome) {
            case Outcome.Accepted accepted -> "dev.shiplog.command.accepted";
            case Outcome.Refused refused -> "dev.shiplog.command.refused";
        };
        Headers headers = new RecordHeaders()
                .add(Form.CONTENT_TYPE, Form.header(format))
                .add("ce_specversion", "1.0".getBytes(UTF_8))
                .add("ce_type", type.getBytes(UTF_8))
                // The same command of an application has the same outcome: so has its event.
                .add("ce_source", "shiplog".getBytes(UTF_8))
                .add("ce_id", (understood.application() + "/" + understood.id()).getBytes(UTF_8))
                .add(APPLICATION, understood.application().toString().getBytes(UTF_8))
                .add(COMMAND_ID, understood.id().id().getBytes(UTF_8))
                .add(COMMAND_SOURCE, understood.id().source().getBytes(UTF_8));
        keep("traceparent", record.headers(), headers);
        keep("ce_traceparent", record.headers(), headers);
        return new ProducerRecord<>(
                Topics.OUTCOMES,
                null,
                record.key(),
                switch (format) {
                    case PROTOBUF -> Outcomes.toProtobuf(told);
                    case JSON -> Outcomes.toJson(told).getBytes(UTF_8);
                },
                headers);
    }

    private static Incoming incoming(Understood understood) {
        return new Incoming(
                understood.application(),
                understood.id(),
                understood.principal(),
                understood.reason(),
                understood.command());
    }

    private static void keep(String name, Headers from, Headers to) {
        var header = from.lastHeader(name);
        if (header != null) {
            to.add(header);
        }
    }

    /**
     * The original as it was, with the reason in headers. Its key says where it lies: the dead letters may have fewer
     * partitions than the commands.
     */
    private static ProducerRecord<byte[], byte[]> deadLetter(
            ConsumerRecord<byte[], byte[]> record, NotUnderstood broken) {
        Headers headers = new RecordHeaders(record.headers())
                .add(ERROR + "code", broken.code().getBytes(UTF_8))
                .add(ERROR + "message", broken.message().getBytes(UTF_8))
                .add(ERROR + "source-topic", record.topic().getBytes(UTF_8))
                .add(
                        ERROR + "source-partition",
                        String.valueOf(record.partition()).getBytes(UTF_8))
                .add(ERROR + "source-offset", String.valueOf(record.offset()).getBytes(UTF_8));
        return new ProducerRecord<>(
                Topics.DEAD_LETTERS, null, record.timestamp(), record.key(), record.value(), headers);
    }
}
