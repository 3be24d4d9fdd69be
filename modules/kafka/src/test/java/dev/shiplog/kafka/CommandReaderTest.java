package dev.shiplog.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.CommandId;
import dev.shiplog.protocol.Commands;
import dev.shiplog.protocol.Format;
import dev.shiplog.protocol.Reading;
import dev.shiplog.protocol.Reading.NotUnderstood;
import dev.shiplog.protocol.Reading.Understood;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandReaderTest {

    private static final String APP = "default/hello";
    private static final Understood SCALE = Samples.scale(APP, "1", 3);
    private static final byte[] BYTES = Commands.toProtobuf(SCALE);

    private final CommandReader reader = new CommandReader(1_000);

    @Test
    void aCommandIsUnderstoodWithItsContentTypeInAnyCaseOrWithout() {
        assertThat(read(Samples.protobuf(SCALE))).isEqualTo(SCALE);
        assertThat(read(Samples.record(APP, BYTES, "Content-Type", "Application/Protobuf; v=1")))
                .isEqualTo(SCALE);
        assertThat(read(Samples.record(APP, BYTES))).isEqualTo(SCALE);
        assertThat(read(Samples.record(
                        APP, Samples.json(APP, "1").getBytes(UTF_8), "content-type", "application/json")))
                .isInstanceOf(Understood.class);
    }

    @Test
    void cloudEventsHeadersIdentifyTheCommandBeforeItsOwnFields() {
        var both = Samples.record(APP, BYTES, "ce_id", "77", "ce_source", "/ci/jobs");
        var half = Samples.record(APP, BYTES, "ce_id", "77");
        assertThat(((Understood) read(both)).id()).isEqualTo(new CommandId("/ci/jobs", "77"));
        assertThat(((Understood) read(half)).id()).isEqualTo(new CommandId("test", "1"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource
    void whatIsNoCommandIsNamed(String code, ProducerRecord<byte[], byte[]> record, String sentence) {
        assertThat(read(record)).isInstanceOfSatisfying(NotUnderstood.class, not -> {
            assertThat(not.code()).isEqualTo(code);
            assertThat(not.message()).contains(sentence);
        });
    }

    static Stream<Arguments> whatIsNoCommandIsNamed() {
        return Stream.of(
                Arguments.of("empty", Samples.record(APP, null), "no value"),
                Arguments.of("empty", Samples.record(APP, new byte[0]), "no value"),
                Arguments.of("too-large", Samples.record(APP, new byte[1_001]), "1001 bytes, and at most 1000"),
                Arguments.of("key-missing", Samples.record(null, BYTES), "the application (namespace/name) is needed"),
                Arguments.of("key-mismatch", Samples.record("default/auth", BYTES), "default/auth"),
                Arguments.of("malformed", Samples.record(APP, "no command".getBytes(UTF_8)), ""),
                Arguments.of(
                        "unsupported-content-type",
                        Samples.record(APP, BYTES, "content-type", "text/plain"),
                        "text/plain"),
                Arguments.of(
                        "invalid-field",
                        Samples.protobuf(Samples.scale(APP, "i".repeat(513), 1)),
                        "id: it may have 512 characters"));
    }

    @Test
    void anAnswerHasTheFormOfItsQuestion() {
        assertThat(Form.of(consumed(Samples.record(APP, BYTES)))).isEqualTo(Format.PROTOBUF);
        assertThat(Form.of(consumed(Samples.record(APP, " {}".getBytes(UTF_8)))))
                .isEqualTo(Format.JSON);
        assertThat(Form.of(consumed(Samples.record(APP, BYTES, "content-type", "application/json"))))
                .isEqualTo(Format.JSON);
    }

    private Reading read(ProducerRecord<byte[], byte[]> record) {
        return reader.read(consumed(record));
    }

    private static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                record.topic(),
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty());
    }
}
