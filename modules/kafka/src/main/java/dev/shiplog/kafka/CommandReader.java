package dev.shiplog.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.shiplog.protocol.Commands;
import dev.shiplog.protocol.Envelope;
import dev.shiplog.protocol.Reading;
import dev.shiplog.protocol.Reading.NotUnderstood;
import dev.shiplog.protocol.Reading.Understood;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Makes a command of a record, or says why it is none. The identity is CloudEvents' {@code ce_source} and {@code ce_id}
 * where both are given, else the message's own.
 */
final class CommandReader {

    private final int maxBytes;

    CommandReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    Reading read(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null || value.length == 0) {
            return new NotUnderstood("empty", "the record has no value; a shiplog.v1.Command is needed");
        }
        if (value.length > maxBytes) {
            return new NotUnderstood(
                    "too-large",
                    "the command has " + value.length + " bytes, and at most " + maxBytes
                            + " are taken; split the release or leave out what it does not need");
        }
        if (record.key() == null) {
            return new NotUnderstood(
                    "key-missing",
                    "the record has no key; the application (namespace/name) is needed, for the key keeps the order");
        }
        return switch (understood(record, value)) {
            case Understood understood -> understood;
            case NotUnderstood not -> not;
        };
    }

    /** Whatever bytes can do to a parser, they may not stop their partition: they go to the dead letters. */
    private static Reading understood(ConsumerRecord<byte[], byte[]> record, byte[] value) {
        try {
            return Commands.read(value, envelope(record));
        } catch (RuntimeException | StackOverflowError e) {
            return new NotUnderstood("malformed", "the command can't be read: " + e);
        }
    }

    private static Envelope envelope(ConsumerRecord<byte[], byte[]> record) {
        Optional<String> id = text(record.headers(), "ce_id");
        Optional<String> source = text(record.headers(), "ce_source");
        boolean both = id.isPresent() && source.isPresent();
        return new Envelope(
                text(record.headers(), Form.CONTENT_TYPE),
                Optional.of(new String(record.key(), UTF_8)),
                both ? id : Optional.empty(),
                both ? source : Optional.empty(),
                Optional.empty());
    }

    private static Optional<String> text(Headers headers, String name) {
        Optional<String> found = Optional.empty();
        for (Header header : headers) {
            if (header.key().equalsIgnoreCase(name) && header.value() != null && header.value().length > 0) {
                found = Optional.of(new String(header.value(), UTF_8));
            }
        }
        return found;
    }
}
