package dev.shiplog.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.rollout.RolloutEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was ever written is read for ever: the files under {@code golden/v1} stay as they are, whatever becomes of the
 * code. When a message grows, its new files go to a new folder beside them: {@code v2} has traffic by weight.
 *
 * <p>{@code -Dshiplog.golden.write=true} writes the files that are not there yet, and never another.
 */
final class GoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/golden/v1");
    private static final Path GROWN = Path.of("src/test/resources/golden/v2");
    private static final byte[] PREVIOUS = HexFormat.of().parseHex("00ff".repeat(16));

    /** @param hex of the bytes */
    record Golden(Path folder, String name, Object value, String hex, String json) {
        Golden in(Path other) {
            return new Golden(other, name, value, hex, json);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Golden> files() {
        return Stream.of(
                        Samples.applicationEvents().stream().map(GoldenTest::ofApplication),
                        Samples.rolloutEvents().stream().map(GoldenTest::ofRollout),
                        Samples.commands().stream().map(GoldenTest::ofCommand))
                .flatMap(each -> each);
    }

    static Stream<Golden> grown() {
        return Stream.concat(
                        Samples.grownApplicationEvents().stream().map(GoldenTest::ofApplication),
                        Samples.grownRolloutEvents().stream().map(GoldenTest::ofRollout))
                .map(golden -> golden.in(GROWN));
    }

    private static Golden ofApplication(ApplicationEvent event) {
        var bytes = Events.encodeApplication("application/default/frontend", PREVIOUS, Samples.recorded(event));
        return new Golden(FOLDER, name("application", event), Events.decode(bytes), hex(bytes), Events.toJson(bytes));
    }

    private static Golden ofRollout(RolloutEvent event) {
        var bytes = Events.encodeRollout("rollout/gke-seoul/default/frontend", PREVIOUS, Samples.recorded(event));
        return new Golden(FOLDER, name("rollout", event), Events.decode(bytes), hex(bytes), Events.toJson(bytes));
    }

    private static Golden ofCommand(ApplicationCommand command) {
        var understood = Samples.command(command);
        return new Golden(
                FOLDER,
                name("command", command),
                understood,
                hex(Commands.toProtobuf(understood)),
                Commands.toJson(understood));
    }

    @ParameterizedTest
    @MethodSource({"files", "grown"})
    void isReadAsItWasMeantAndWrittenAsItWas(Golden golden) throws IOException {
        var binary = golden.folder().resolve(golden.name() + ".bin");
        var text = golden.folder().resolve(golden.name() + ".json");
        if (Boolean.getBoolean("shiplog.golden.write")) {
            writeIfAbsent(binary, HexFormat.of().parseHex(golden.hex()));
            writeIfAbsent(text, (pretty(golden.json()) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        var kept = Files.readAllBytes(binary);

        assertThat(read(golden.name(), kept)).isEqualTo(golden.value());
        assertThat(golden.hex()).isEqualTo(hex(kept));
        assertThat(JsonValues.parse(golden.json())).isEqualTo(JsonValues.parse(Files.readString(text)));
        if (golden.name().startsWith("command-")) {
            assertThat(Commands.read(Files.readAllBytes(text), Envelope.of("application/json")))
                    .isEqualTo(golden.value());
        }
    }

    @Test
    void everyKindIsThere() throws IOException {
        var kinds = new LinkedHashMap<Class<?>, List<?>>(Map.of(
                ApplicationEvent.class, Samples.applicationEvents(),
                RolloutEvent.class, Samples.rolloutEvents(),
                ApplicationCommand.class, Samples.commands()));
        kinds.forEach((kind, samples) -> assertThat(
                        samples.stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsAll(kindsOf(kind)));
        var names = files().map(Golden::name).flatMap(name -> Stream.of(name + ".bin", name + ".json"));
        try (var present = Files.list(FOLDER)) {
            assertThat(present.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(names.toList());
        }
    }

    /** All but the reports, which never travel, and those types that only group others. */
    private static Set<Class<?>> kindsOf(Class<?> kind) {
        return Arrays.stream(kind.getPermittedSubclasses())
                .filter(Class::isRecord)
                .filter(type -> type != ApplicationCommand.Report.class)
                .collect(Collectors.toSet());
    }

    private static Object read(String name, byte[] bytes) {
        return name.startsWith("command-")
                ? Commands.read(bytes, Envelope.of("application/protobuf"))
                : Events.decode(bytes);
    }

    private static void writeIfAbsent(Path file, byte[] content) throws IOException {
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        if (Files.notExists(file)) {
            Files.write(file, content);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String pretty(String json) {
        return JsonValues.tree(json, "").toPrettyString();
    }

    private static String name(String stream, Object kind) {
        return stream
                + kind.getClass().getSimpleName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }
}
