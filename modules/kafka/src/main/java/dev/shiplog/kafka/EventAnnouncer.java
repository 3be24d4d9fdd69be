package dev.shiplog.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.shiplog.domain.Recorded;
import dev.shiplog.engine.stream.StoredEvent;
import dev.shiplog.protocol.Events;
import dev.shiplog.protocol.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Tells the world what has happened: every event of the journal, as CloudEvents on {@code shiplog.events}, in the order
 * of its application. The value is the very bytes of the journal, so that the chain of hashes can be checked there too.
 *
 * <p>An event may come twice, after a crash between its announcement and the note that it was announced; it then has the
 * same {@code ce_id}.
 */
public final class EventAnnouncer implements AutoCloseable {

    /** An event as the journal holds it. */
    public record Announcement(String stream, long sequenceNumber, StoredEvent event) {}

    private final Sender sender;

    private EventAnnouncer(Sender sender) {
        this.sender = sender;
    }

    /** @param connection {@code bootstrap.servers} and what else is needed to reach and to trust Kafka */
    public static EventAnnouncer start(Map<String, Object> connection, TransferLimits limits) {
        return new EventAnnouncer(new Sender(connection, limits));
    }

    /** Returns when all of them are on the topic; if it throws, some may be, and all are to be announced again. */
    public void announce(List<Announcement> events) throws InterruptedException {
        var sent = new ArrayList<CompletableFuture<Void>>(events.size());
        for (Announcement event : events) {
            sent.add(sender.send(record(event)));
        }
        try {
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get();
        } catch (ExecutionException e) {
            throw new KafkaUnavailable("Events can't be announced: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        sender.close();
    }

    private static ProducerRecord<byte[], byte[]> record(Announcement announcement) {
        byte[] bytes = announcement.event().bytes();
        Events.Stored stored = Events.decode(bytes);
        Recorded<?> recorded = stored.recorded();
        String application = application(announcement.stream());
        Headers headers = new RecordHeaders()
                .add(Form.CONTENT_TYPE, Form.header(Format.PROTOBUF))
                .add("ce_specversion", "1.0".getBytes(UTF_8))
                .add("ce_id", (announcement.stream() + "#" + announcement.sequenceNumber()).getBytes(UTF_8))
                .add("ce_source", "shiplog".getBytes(UTF_8))
                .add("ce_type", type(stored).getBytes(UTF_8))
                .add("ce_subject", announcement.stream().getBytes(UTF_8))
                .add("ce_time", recorded.at().toString().getBytes(UTF_8));
        return new ProducerRecord<>(
                Topics.EVENTS, null, recorded.at().toEpochMilli(), application.getBytes(UTF_8), bytes, headers);
    }

    /** Such as {@code dev.shiplog.application.ReleaseCreated}. */
    private static String type(Events.Stored stored) {
        String kind = switch (stored) {
            case Events.Stored.OfApplication application -> "application";
            case Events.Stored.OfRollout rollout -> "rollout";
        };
        return "dev.shiplog." + kind + "."
                + stored.recorded().event().getClass().getSimpleName();
    }

    /** Both kinds of stream end in {@code namespace/name}. */
    private static String application(String stream) {
        int name = stream.lastIndexOf('/');
        return stream.substring(stream.lastIndexOf('/', name - 1) + 1);
    }
}
