package dev.shiplog.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.protocol.Commands;
import dev.shiplog.protocol.Reading.Understood;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Commands for the tests. */
final class Samples {

    private Samples() {}

    static Understood scale(String application, String id, int replicas) {
        return new Understood(
                ApplicationName.parse(application),
                new CommandId("test", id),
                Principal.claimed("ada"),
                "load",
                new ApplicationCommand.Scale(ClusterSelection.ALL, replicas));
    }

    static String json(String application, String id) {
        return """
                {"application": "%s", "id": "%s", "source": "test", "actor": "ada", "scale": {"replicas": 3}}""".formatted(application, id);
    }

    static ProducerRecord<byte[], byte[]> record(@Nullable String key, byte @Nullable [] value, String... headers) {
        var record = new ProducerRecord<>(Topics.COMMANDS, key == null ? null : key.getBytes(UTF_8), value);
        for (int i = 0; i < headers.length; i += 2) {
            record.headers().add(headers[i], headers[i + 1].getBytes(UTF_8));
        }
        return record;
    }

    static ProducerRecord<byte[], byte[]> protobuf(Understood command) {
        return record(
                command.application().toString(), Commands.toProtobuf(command), "content-type", "application/protobuf");
    }
}
