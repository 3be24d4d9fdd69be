package dev.shiplog.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the domain can say comes back as it was said. A failure names its seed, which is all it takes to repeat it. */
final class RoundTripTest {

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void events(long seed) {
        var values = new RandomValues(seed);
        var application = values.recorded(values.applicationEvent());
        var rollout = values.recorded(values.rolloutEvent());
        var previous = new byte[] {(byte) seed};

        var applicationBytes = Events.encodeApplication("application/default/hello", previous, application);
        var rolloutBytes = Events.encodeRollout("rollout/gke/default/hello", new byte[0], rollout);

        assertThat(Events.decodeApplication(applicationBytes)).isEqualTo(application);
        assertThat(Events.decodeRollout(rolloutBytes)).isEqualTo(rollout);
        assertThat(Events.decode(rolloutBytes))
                .isEqualTo(new Events.Stored.OfRollout("rollout/gke/default/hello", "", rollout));
        assertThat(Events.link(applicationBytes).previousHash()).isEqualTo("%02x".formatted(seed & 0xff));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameEventIsTheSameBytes(long seed) {
        var once = new RandomValues(seed);
        var again = new RandomValues(seed);
        assertThat(Events.encodeRollout("s", new byte[0], again.recorded(again.rolloutEvent())))
                .isEqualTo(Events.encodeRollout("s", new byte[0], once.recorded(once.rolloutEvent())));
        assertThat(Events.encodeApplication("s", new byte[0], again.recorded(again.applicationEvent())))
                .isEqualTo(Events.encodeApplication("s", new byte[0], once.recorded(once.applicationEvent())));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void commands(long seed) {
        var command = new RandomValues(seed).understood();
        var protobuf = Commands.toProtobuf(command);
        var json = Commands.toJson(command).getBytes(UTF_8);

        assertThat(Commands.read(protobuf, Envelope.of("application/protobuf"))).isEqualTo(command);
        assertThat(Commands.read(json, Envelope.of("application/json; charset=utf-8")))
                .isEqualTo(command);
        for (var bytes : List.of(protobuf, json)) {
            assertThat(Commands.read(bytes, Envelope.NONE)).isEqualTo(command);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void specsAndTrees(long seed) {
        var values = new RandomValues(seed);
        var spec = values.spec();
        assertThat(ReleaseSpecs.fromJson(ReleaseSpecs.toJson(spec))).isEqualTo(spec);
        var object = values.object(5);
        assertThat(JsonValues.fromNode(JsonValues.toNode(object))).isEqualTo(object);
        assertThat(JsonValues.parse(JsonValues.toNode(object).toString())).isEqualTo(object);
    }

    /** Bytes that were cut off or changed are refused or read as something; nothing else ever comes out. */
    @ParameterizedTest
    @MethodSource("seeds")
    void brokenBytesNeverThrowAnythingElse(long seed) {
        var random = new java.util.Random(seed);
        var bytes = Commands.toProtobuf(new RandomValues(seed).understood());
        var json = Commands.toJson(new RandomValues(seed).understood()).getBytes(UTF_8);
        for (var whole : List.of(bytes, json)) {
            var cut = Arrays.copyOf(whole, random.nextInt(whole.length));
            var changed = whole.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(Commands.read(cut, Envelope.NONE)).isNotNull();
            assertThat(Commands.read(changed, Envelope.NONE)).isNotNull();
        }
        var noise = new byte[random.nextInt(1, 200)];
        random.nextBytes(noise);
        assertThat(Commands.read(noise, Envelope.NONE)).isInstanceOf(Reading.NotUnderstood.class);
        assertThat(Commands.read(noise, Envelope.of("application/json"))).isInstanceOf(Reading.NotUnderstood.class);
    }

    @Test
    void outcomes() {
        var id = new CommandId("cli", "c-1");
        var application = new ApplicationName("default", "hello");
        for (var outcome : List.of(
                new Outcome.Accepted(
                        3,
                        "created",
                        List.of(new Outcome.Made(3, List.of("eu", "us")), new Outcome.Made(4, List.of("asia")))),
                new Outcome.Accepted(0, ""),
                new Outcome.Refused("paused", "…"))) {
            var told = new Outcomes.Told(id, application, outcome);
            assertThat(Outcomes.read(Outcomes.toProtobuf(told), Format.PROTOBUF))
                    .isEqualTo(told);
            assertThat(Outcomes.read(Outcomes.toJson(told).getBytes(UTF_8), Format.JSON))
                    .isEqualTo(told);
        }
    }

    @Test
    void anOutcomeOfBeforeItNamedAllItsRevisions() {
        var told = "{\"commandId\":\"c-1\",\"commandSource\":\"cli\",\"application\":\"default/hello\","
                + "\"accepted\":{\"revision\":3,\"message\":\"created\"}}";
        assertThat(Outcomes.read(told.getBytes(UTF_8), Format.JSON).outcome())
                .isEqualTo(new Outcome.Accepted(3, "created"));
    }

    @Test
    void anOutcomeNamesTheClustersOfEachRevisionItMade() {
        var outcome = new Outcome.Accepted(3, "", List.of(new Outcome.Made(3, List.of("eu", "us"))));
        var told = new Outcomes.Told(new CommandId("cli", "c-1"), new ApplicationName("default", "hello"), outcome);
        assertThat(Outcomes.toJson(told).replaceAll("\\s", ""))
                .contains("\"revisions\":[{\"revision\":3,\"clusters\":[\"eu\",\"us\"]}]");
    }
}
