package dev.shiplog.acceptance.commands;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.kafka.Topics;
import dev.shiplog.protocol.Commands;
import dev.shiplog.protocol.Reading.Understood;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What many submitters send: for each application a release and then scales, some of it twice, some of it broken. */
final class Workload {

    final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    final Set<CommandId> good = new HashSet<>();
    final List<String> applications = new ArrayList<>();
    int sentAgain;
    int broken;

    /** The same seed gives the same workload. */
    static Workload of(long seed, int commands, int applications) {
        var workload = new Workload();
        var chance = new Random(seed);
        for (int a = 0; a < applications; a++) {
            workload.applications.add("load/app-" + a);
            workload.send(a, command(a, 0, release()), "application/protobuf");
        }
        for (int n = 1; workload.records.size() < commands; n++) {
            int a = chance.nextInt(applications);
            int kind = chance.nextInt(100);
            if (kind < 3) {
                workload.sendBroken(a, chance);
            } else if (kind < 8) {
                workload.sendAgain(chance);
            } else {
                var scale = command(a, n, new ApplicationCommand.Scale(ClusterSelection.ALL, n));
                workload.send(a, scale, kind < 50 ? "application/protobuf" : "application/json");
            }
        }
        return workload;
    }

    private void send(int application, Understood command, String contentType) {
        byte[] value =
                contentType.endsWith("json") ? Commands.toJson(command).getBytes(UTF_8) : Commands.toProtobuf(command);
        var record = new ProducerRecord<>(Topics.COMMANDS, key(application), value);
        record.headers().add("content-type", contentType.getBytes(UTF_8));
        records.add(record);
        good.add(command.id());
    }

    private void sendBroken(int application, Random chance) {
        byte[] noise = new byte[40];
        chance.nextBytes(noise);
        noise[0] = (byte) 0xff;
        records.add(new ProducerRecord<>(Topics.COMMANDS, key(application), noise));
        broken++;
    }

    /** Whichever, unless it is broken: what is sent again has its outcome again. */
    private void sendAgain(Random chance) {
        var record = records.get(chance.nextInt(records.size()));
        if (record.headers().lastHeader("content-type") != null) {
            records.add(new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers()));
            sentAgain++;
        }
    }

    private byte[] key(int application) {
        return applications.get(application).getBytes(UTF_8);
    }

    private static Understood command(int application, int number, ApplicationCommand command) {
        return new Understood(
                ApplicationName.parse("load/app-" + application),
                new CommandId("workload", application + "-" + number),
                Principal.claimed("ada"),
                "load",
                command);
    }

    private static ApplicationCommand release() {
        var deployment = Json.EMPTY
                .with("apiVersion", Json.text("apps/v1"))
                .with("kind", Json.text("Deployment"))
                .with("metadata", Json.EMPTY.with("name", Json.text("hello")))
                .with(
                        "spec",
                        Json.EMPTY
                                .with("replicas", Json.number(3))
                                .withObject(
                                        "template",
                                        template -> template.withObject(
                                                "spec",
                                                pod -> pod.with(
                                                        "containers",
                                                        Json.array(List.of(Json.EMPTY
                                                                .with("name", Json.text("hello"))
                                                                .with("image", Json.text("hello:1.0.0"))))))));
        return new ApplicationCommand.Apply(
                new ReleaseSpec(
                        List.of(new KubernetesObject(deployment)),
                        ClusterSelection.ALL,
                        Strategy.AS_WRITTEN,
                        List.of(),
                        false,
                        Optional.empty()),
                "load");
    }
}
