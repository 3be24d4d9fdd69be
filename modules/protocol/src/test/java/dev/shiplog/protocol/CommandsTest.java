package dev.shiplog.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.ApplicationCommand.Apply;
import dev.shiplog.domain.application.ApplicationCommand.Delete;
import dev.shiplog.domain.application.ApplicationCommand.Scale;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.json.JsonText;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.protocol.Reading.NotUnderstood;
import dev.shiplog.protocol.Reading.Understood;
import dev.shiplog.protocol.v1.CommandProto;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandsTest {

    private static final String SCALE =
            "{\"id\": \"c-1\", \"application\": \"default/hello\", \"scale\": {\"replicas\": 5}}";
    private static final Understood SCALED = new Understood(
            new ApplicationName("default", "hello"),
            new CommandId("", "c-1"),
            Principal.claimed("anonymous"),
            "",
            new Scale(ClusterSelection.ALL, 5));

    @Test
    void theLeastOfACommandIsEnough() {
        assertThat(read(SCALE)).isEqualTo(SCALED);
        assertThat(read("  \n" + SCALE)).isEqualTo(SCALED);
    }

    @Test
    void objectsAreWrittenAsJsonWithinTheJson() {
        var apply = (Apply) understood("""
                        {"id": "c-1", "application": "default/hello", "apply": {"cause": "first", "spec": {"objects": [
                          {"object": {"kind": "Deployment", "spec": {"replicas": 3, "ratio": 0.5, "on": true, "off": null}}},
                          {"json": "{\\"big\\": 9007199254740993}"}]}}}""").command();
        assertThat(apply.spec().objects().stream().map(object -> JsonText.of(object.json())))
                .containsExactly(
                        "{\"kind\":\"Deployment\",\"spec\":{\"replicas\":3,\"ratio\":0.5,\"on\":true,\"off\":null}}",
                        "{\"big\":9007199254740993}");
        assertThat(apply.spec().strategy()).isEqualTo(Strategy.AS_WRITTEN);
        assertThat(apply.spec().clusters()).isEqualTo(ClusterSelection.ALL);
    }

    @Test
    void headersWinOverTheMessageAndFillWhatItLeavesOut() {
        var named = new Understood(
                SCALED.application(), new CommandId("ci", "42"), SCALED.principal(), "", SCALED.command());
        assertThat(Commands.read(SCALE.getBytes(UTF_8), Envelope.NONE.withId("42", "ci")))
                .isEqualTo(named);
        var bare = "{\"delete\": {}}".getBytes(UTF_8);
        var envelope = Envelope.NONE.withKey("default/hello").otherwise(new CommandId("api", "7"));
        assertThat(Commands.read(bare, envelope))
                .isEqualTo(new Understood(
                        SCALED.application(),
                        new CommandId("api", "7"),
                        SCALED.principal(),
                        "",
                        new Delete(ClusterSelection.ALL)));
    }

    @Test
    void theKeyMustSayTheSame() {
        assertThat(Commands.read(SCALE.getBytes(UTF_8), Envelope.NONE.withKey("default/auth")))
                .isEqualTo(new NotUnderstood(
                        "key-mismatch",
                        "the key says \"default/auth\", the command's application is \"default/hello\"; they must be"
                                + " the same, for the key keeps the order"));
    }

    @Test
    void anotherContentTypeIsRefusedEvenIfTheBytesWouldDo() {
        assertThat(Commands.read(SCALE.getBytes(UTF_8), Envelope.of("text/plain")))
                .isEqualTo(new NotUnderstood(
                        "unsupported-content-type",
                        "content-type \"text/plain\": application/protobuf or application/json is needed"));
        assertThat(Commands.read(SCALE.getBytes(UTF_8), Envelope.of("application/protobuf")))
                .isInstanceOfSatisfying(
                        NotUnderstood.class, not -> assertThat(not.code()).isEqualTo("malformed"));
    }

    @Test
    void confluentsFrameIsPassedOver() {
        var protobuf = Commands.toProtobuf(SCALED);
        assertThat(Commands.read(framed(protobuf, 0, 0, 0, 7, 0), Envelope.of("application/protobuf")))
                .isEqualTo(SCALED);
        assertThat(Commands.read(framed(protobuf, 0, 0, 0, 7, 2, 0), Envelope.NONE))
                .isEqualTo(SCALED);
        assertThat(Commands.read(framed(SCALE.getBytes(UTF_8), 0, 0, 0, 7), Envelope.of("application/json")))
                .isEqualTo(SCALED);
        assertThat(Commands.read(framed(protobuf, 0, 0, 0, 7, 2, 2), Envelope.NONE))
                .isEqualTo(new NotUnderstood(
                        "invalid-field",
                        "the frame names another message of the schema; Command is the one that is read"));
        for (int length = 1; length < 6; length++) {
            assertThat(Commands.read(new byte[length], Envelope.of("application/protobuf")))
                    .isInstanceOf(NotUnderstood.class);
        }
        assertThat(Commands.read(framed(new byte[0], 0, 0, 0, 7, 255, 255, 255, 255, 255, 255), Envelope.NONE))
                .isInstanceOf(NotUnderstood.class);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
                    {}                                                        | missing-field | application: NAMESPACE/NAME is needed, e.g. "default/hello"
                    {A, "pause": {}}                                          | missing-field | id: the command's id is needed, here or as header ce_id; by it a repeated command is known
                    {"application": "Default/x", "id": "1", "pause": {}}      | invalid-field | application: "Default/x" is no application name: NAMESPACE/NAME, each up to 63 lower-case letters, digits or "-"
                    {I, A}                                                    | missing-field | action: one of apply, scale, setImage, pause, resume, undo, restart, delete, promote, abort, retry and switch is needed
                    {I, A, "scale": {}}                                       | missing-field | scale.replicas: the number of pods is needed; 0 must be said
                    {I, A, "scale": {"replicas": "many"}}                     | invalid-field | scale.replicas: a whole number is needed, not "many"
                    {I, A, "scale": {"replica": 3}}                           | unknown-field | scale.replica: no such field; did you mean "replicas"?
                    {I, A, "approve": {}}                                     | unknown-field | approve: no such field; there are id, source, application, actor, reason, apply, scale, setImage, pause, resume, undo, restart, delete, promote, abort, retry, switch
                    {I, A, "switch": {"to": "red"}}                           | invalid-field | switch.to: "red" is none of blue and green
                    {I, A, "pause": []}                                       | invalid-field | pause: an object is needed, not []
                    {I, A, "pause": {}, "resume": {}}                         | invalid-field | only one of these may be given: pause, resume
                    {I, A, "pause": {"clusters": {"names": "gke"}}}           | invalid-field | pause.clusters.names: a list is needed, not "gke"
                    {I, A, "pause": {"clusters": {"matchLabels": {"a": 1}}}}  | invalid-field | pause.clusters.matchLabels.a: a text is needed, not 1
                    {I, A, "pause": {"clusters": {"matchExpressions": [{"key": "a"}]}}} | missing-field | pause.clusters.matchExpressions[0].operator: one of In, NotIn, Exists and DoesNotExist is needed
                    {I, A, "pause": {"clusters": {"matchExpressions": [{"key": "a", "operator": "is"}]}}} | invalid-field | pause.clusters.matchExpressions[0].operator: one of [In, NotIn, Exists, DoesNotExist] is needed, not "is"
                    {I, A, "pause": {"clusters": {"matchExpressions": [{"key": "a", "operator": "In"}]}}} | invalid-field | pause.clusters.matchExpressions[0].values: In needs at least one value
                    {I, A, "setImage": {}}                                    | missing-field | setImage.images: an image by container name is needed, e.g. {"hello": "hello:2.0.0"}
                    {I, A, "undo": {"moment": "yesterday"}}                   | invalid-field | undo.moment: a moment such as "2026-01-31T09:00:00Z" is needed, not "yesterday"
                    {I, A, "apply": {}}                                       | missing-field | apply.spec: what to release is needed
                    {I, A, "apply": {"spec": {"objects": [{}]}}}              | missing-field | apply.spec.objects[0]: neither object (the Kubernetes object) nor json (the same as text) is given
                    {I, A, "apply": {"spec": {"objects": [{"json": "[]"}]}}}  | invalid-field | apply.spec.objects[0].json: a JSON object is needed
                    {I, A, "apply": {"spec": {"objects": [{"object": {"n": 9007199254740993}}]}}} | invalid-field | apply.spec.objects[0].object: holds a number that a double can't tell exactly; give the object as json text
                    {I, A, "apply": {"spec": {"strategy": {}}}}               | missing-field | apply.spec.strategy: one of rolling, recreate, canary and blueGreen is needed
                    {I, A, "apply": {"spec": {"strategy": {"rolling": {"maxSurge": "25 %"}}}}} | invalid-field | apply.spec.strategy.rolling.maxSurge: "25 %" is neither a number of pods such as 1 nor a share such as 25%
                    {I, A, "apply": {"spec": {"overrides": [{"strategy": {"ramped": {}}}]}}} | unknown-field | apply.spec.overrides[0].strategy.ramped: no such field; there are rolling, recreate, canary, blueGreen
                    {I, A, "apply": {"spec": {"strategy": {"canary": {"steps": [{"analysis": {}}]}}}}} | unknown-field | apply.spec.strategy.canary.steps[0].analysis: no such field; there are setWeight, pause, setCanaryScale
                    {I, A, "apply": {"spec": {"strategy": {"canary": {"steps": [{"pause": {"duration": "soon"}}]}}}}} | invalid-field | apply.spec.strategy.canary.steps[0].pause.duration: "soon" is no length of time such as 30s, 5m or 1h30m
                    {I, A, "reason": "\\ud83d", "pause": {}}                  | invalid-field | reason: half of a surrogate pair at character 1
                    {I, A, "pause": {}, "pause": {}}                          | malformed     | no JSON at line 1, column 67: Duplicate Object property "pause"
                    {I, A                                                     | malformed     | no JSON at line 1, column 45: Unexpected end-of-input: expected close marker for Object
                    """)
    void whatIsWrongIsToldWithItsPlace(String json, String code, String message) {
        var text = json.replaceFirst("\\bI\\b", "\"id\": \"c-1\"")
                .replaceFirst("\\bA\\b", "\"application\": \"default/hello\"");
        assertThat(read(text)).isEqualTo(new NotUnderstood(code, message));
    }

    @Test
    void fieldsOfANewerClientAreRefusedRatherThanPassedOver() {
        var known = Commands.toProtobuf(SCALED);
        var withMore = new ByteArrayOutputStream();
        withMore.writeBytes(known);
        withMore.writeBytes(new byte[] {(byte) 0xfa, 0x01, 0x00}); // field 31, length 0

        assertThat(Commands.read(withMore.toByteArray(), Envelope.NONE))
                .isEqualTo(new NotUnderstood(
                        "unknown-field",
                        "field number 31 is not known here; is the sender newer than this server, or the message no"
                                + " shiplog.v1.Command?"));
    }

    @Test
    void aTextWithTheCharacterZeroIsRefusedInEveryForm() {
        var command = CommandProto.Command.newBuilder()
                .setId("1")
                .setApplication("default/hello")
                .setReason("a\0b")
                .setPause(CommandProto.Pause.getDefaultInstance())
                .build();

        assertThat(Commands.read(command.toByteArray(), Envelope.of("application/protobuf")))
                .isEqualTo(new NotUnderstood("invalid-field", "reason: the character 0 at character 2"));
    }

    @Test
    void jsonThatIsNestedTooDeepIsRefused() {
        var nested = "{\"apply\": " + "[".repeat(20_000) + "]".repeat(20_000) + "}";

        assertThat(Commands.read(nested.getBytes(UTF_8), Envelope.of("application/json")))
                .isInstanceOfSatisfying(
                        NotUnderstood.class, not -> assertThat(not.code()).isEqualTo("malformed"));
    }

    @Test
    void bytesThatAreNoUtf8AreNoJson() {
        assertThat(Commands.read(new byte[] {'{', (byte) 0xff, '}'}, Envelope.of("application/json")))
                .isEqualTo(new NotUnderstood("malformed", "JSON is UTF-8, and these bytes are not"));
    }

    @Test
    void aNumberThatWouldFillTheMemoryIsRefused() {
        assertThat(read(
                        "{\"id\": \"1\", \"application\": \"default/hello\", \"apply\": {\"spec\": {\"objects\": [{\"json\":"
                                + " \"{\\\"n\\\": 1e999999999}\"}]}}}"))
                .isEqualTo(new NotUnderstood(
                        "invalid-field", "apply.spec.objects[0].json.n: a number of more than 400 digits"));
    }

    @Test
    void numbersHaveOneForm() {
        var one = JsonValues.parse("[1, 1.0, 1e0, 10e-1, 0.5, 0.50, 100, 1e2, 0, -0.0, 0e7]");
        assertThat(JsonText.of(one)).isEqualTo("[1,1,1,1,0.5,0.5,100,100,0,0,0]");
        assertThat(((Json.Arr) one).items().subList(0, 4)).containsOnly(Json.number(1));
    }

    private static Understood understood(String json) {
        return (Understood) read(json);
    }

    private static Reading read(String json) {
        return Commands.read(
                json.getBytes(UTF_8),
                new Envelope(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static byte[] framed(byte[] value, int... frame) {
        var framed = new ByteArrayOutputStream();
        framed.write(0);
        for (int part : frame) {
            framed.write(part);
        }
        framed.writeBytes(value);
        return framed.toByteArray();
    }
}
