package dev.shiplog.kafka;

import dev.shiplog.protocol.Format;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** How a record says in which format its value is. */
final class Form {

    static final String CONTENT_TYPE = "content-type";

    private Form() {}

    static byte[] header(Format format) {
        return format.contentType().getBytes(StandardCharsets.UTF_8);
    }

    /** What the record says; without a word JSON is known by its brace. */
    static Format of(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(CONTENT_TYPE);
        if (header != null && header.value() != null) {
            return Format.of(new String(header.value(), StandardCharsets.UTF_8)).orElse(Format.PROTOBUF);
        }
        return new String(record.value(), StandardCharsets.ISO_8859_1)
                        .stripLeading()
                        .startsWith("{")
                ? Format.JSON
                : Format.PROTOBUF;
    }
}
