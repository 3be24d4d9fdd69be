package dev.shiplog.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.ClusterOverride;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.protocol.v1.ReleaseProto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

final class ReleaseSchemaTest {

    private static final Path REPOSITORY = Path.of("../..");
    private static final Json.Obj SCHEMA = schema();
    private static final SchemaChecker CHECKER = new SchemaChecker(SCHEMA);

    /** A field of the release file, its references followed. */
    private record Field(String path, Json.Obj own, Json.Obj schema, boolean required) {

        Json told(String keyword) {
            return own.at(keyword).or(() -> schema.at(keyword)).orElse(Json.Null.NULL);
        }
    }

    @Test
    void everyFieldSaysWhatItIs() {
        var fields = fields();
        assertThat(fields).extracting(Field::path).contains("spec.overrides[].strategy.recreate", "metadata.name");
        assertThat(fields).allSatisfy(field -> {
            assertThat(field.told("description"))
                    .as(field.path())
                    .isInstanceOfSatisfying(
                            Json.Str.class, text -> assertThat(text.value()).matches("(?s)[A-Z{].*\\."));
            assertThat(field.told("examples")).as(field.path()).isInstanceOf(Json.Arr.class);
            boolean isNamed = !field.path().endsWith("]") && !field.path().endsWith("*");
            if (isNamed && !field.required() && field.told("default") == Json.Null.NULL) {
                assertThat(((Json.Str) field.told("description")).value())
                        .as(field.path())
                        .contains("Left out: ");
            }
        });
    }

    @Test
    void examplesAndDefaultsAreThemselvesRight() {
        for (var field : fields()) {
            var values = new ArrayList<>(((Json.Arr) field.told("examples")).items());
            if (field.told("default") != Json.Null.NULL) {
                values.add(field.told("default"));
            }
            values.forEach(value -> assertThat(CHECKER.problems(value, field.schema(), field.path()))
                    .isEmpty());
        }
        for (var example : SCHEMA.list("examples")) {
            assertThat(CHECKER.problems(example, SCHEMA, "")).isEmpty();
        }
    }

    /** The file adds what becomes objects, and the cause; Shiplog alone sets restartedAt. */
    @Test
    void itHasTheFieldsOfAReleaseInTheDomain() {
        var spec = names(ReleaseSpec.class);
        spec.remove("restartedAt");
        spec.addAll(Set.of("cause", "configMapGenerator", "secretGenerator"));

        assertThat(properties("spec")).isEqualTo(spec);
        assertThat(properties("spec.overrides[]")).isEqualTo(names(ClusterOverride.class));
        assertThat(properties("spec.strategy"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Strategy.class.getPermittedSubclasses())
                        .filter(Strategy.class::isAssignableFrom)
                        .map(kind -> Character.toLowerCase(kind.getSimpleName().charAt(0))
                                + kind.getSimpleName().substring(1))
                        .toList());
        assertThat(properties("spec.strategy.rolling")).isEqualTo(names(Strategy.Rolling.class));
        assertThat(properties("spec.strategy.recreate")).isEqualTo(names(Strategy.Recreate.class));
        assertThat(properties("spec.strategy.canary")).isEqualTo(names(Strategy.Canary.class));
        assertThat(properties("spec.strategy.blueGreen")).isEqualTo(names(Strategy.BlueGreen.class));
    }

    @Test
    void itHasTheWordsOfTheWire() {
        var override = wire(ReleaseProto.Override.getDescriptor());
        override.remove("patchesJson");
        assertThat(properties("spec.overrides[]")).isEqualTo(override);
        assertThat(properties("spec.clusters")).isEqualTo(wire(ReleaseProto.ClusterSelection.getDescriptor()));
        assertThat(properties("spec.clusters.matchExpressions[]"))
                .isEqualTo(wire(ReleaseProto.ClusterSelection.Requirement.getDescriptor()));
        assertThat(properties("spec.strategy")).isEqualTo(wire(ReleaseProto.Strategy.getDescriptor()));
        assertThat(properties("spec.strategy.rolling")).isEqualTo(wire(ReleaseProto.Strategy.Rolling.getDescriptor()));
        assertThat(properties("spec.strategy.canary")).isEqualTo(wire(ReleaseProto.Strategy.Canary.getDescriptor()));
        assertThat(properties("spec.strategy.canary.steps[]"))
                .isEqualTo(wire(ReleaseProto.Strategy.Step.getDescriptor()));
        assertThat(properties("spec.strategy.blueGreen"))
                .isEqualTo(wire(ReleaseProto.Strategy.BlueGreen.getDescriptor()));
        assertThat(properties("spec")).containsAll(withoutRestart(wire(ReleaseProto.ReleaseSpec.getDescriptor())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: Frontend}, spec: {}}",
                "{apiVersion: shiplog.dev/v2, kind: Release, metadata: {name: frontend}, spec: {}}",
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: frontend}}",
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: a}, spec: {stratgy: {}}}",
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: a}, spec: {strategy: {}}}",
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: a}, spec: {strategy: {rolling: {}, recreate: {}}}}",
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: a}, spec: {strategy: {rolling: {maxSurge: -1}}}}",
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: a}, spec: {strategy: {rolling: {maxSurge: half}}}}",
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: a}, spec: {overrides: [{replicas: -1}]}}",
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: a}, spec: {strategy: {canary: {}}}}",
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: a}, spec: {strategy: {canary: {steps: []}}}}",
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: a}, spec: {strategy: {canary: {steps: [{setWeight: 101}]}}}}",
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: a}, spec: {strategy: {canary: {steps: [{analysis: {}}]}}}}",
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: a}, spec: {strategy: {blueGreen: {autoPromotion: never}}}}",
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: a}, spec: {strategy: {blueGreen: {autoPromotion: {after: soon}}}}}",
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: a}, spec: {overrides: [{images: {a: 1}}]}}",
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: a}, spec: {objects: [{kind: Service}]}}",
                "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: a}, spec: {clusters: {labels: {}}}}"
            })
    void wrongFilesAreNot(String yaml) {
        assertThat(documents(yaml))
                .allSatisfy(document ->
                        assertThat(CHECKER.problems(document, SCHEMA, "")).isNotEmpty());
    }

    @Test
    void theExamplesOfTheRepositoryAreRight() throws IOException {
        for (var file : yamlFiles()) {
            var text = Files.readString(file);
            if (text.contains("apiVersion: shiplog.dev/v1")) {
                documents(text).stream()
                        .filter(document ->
                                document.text("kind").filter("Release"::equals).isPresent())
                        .forEach(document -> assertThat(CHECKER.problems(document, SCHEMA, ""))
                                .as(file.toString())
                                .isEmpty());
            }
        }
    }

    private static List<Path> yamlFiles() throws IOException {
        var skipped = Set.of("target", "node_modules", ".git", ".shiplog");
        try (var files =
                Files.find(REPOSITORY, 8, (path, attributes) -> path.toString().matches(".*\\.ya?ml"))) {
            return files.filter(file -> Stream.iterate(file, java.util.Objects::nonNull, Path::getParent)
                            .map(Path::getFileName)
                            .noneMatch(name -> name != null && skipped.contains(name.toString())))
                    .toList();
        }
    }

    private static List<Json.Obj> documents(String yaml) {
        var documents = new ArrayList<Json.Obj>();
        for (var document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            if (JsonValues.parse(JsonMapper.shared().writeValueAsString(document)) instanceof Json.Obj object) {
                documents.add(object);
            }
        }
        return documents;
    }

    private static Set<String> properties(String path) {
        var schema = fields().stream()
                .filter(field -> field.path().equals(path))
                .findFirst()
                .orElseThrow()
                .schema();
        return new TreeSet<>(schema.object("properties").members().keySet());
    }

    private static Set<String> names(Class<? extends Record> type) {
        var names = new TreeSet<String>();
        Arrays.stream(type.getRecordComponents()).forEach(component -> names.add(component.getName()));
        return names;
    }

    private static Set<String> wire(Descriptor message) {
        return new TreeSet<>(
                message.getFields().stream().map(FieldDescriptor::getJsonName).toList());
    }

    private static Set<String> withoutRestart(Set<String> names) {
        names.remove("restartedAt");
        return names;
    }

    private static List<Field> fields() {
        var fields = new ArrayList<Field>();
        collect(new Field("", SCHEMA, SCHEMA, true), fields);
        return fields;
    }

    private static void collect(Field parent, List<Field> fields) {
        var schema = parent.schema();
        var required = schema.list("required");
        schema.object("properties").members().forEach((name, property) -> {
            add(Paths.member(parent.path(), name), property, required.contains(Json.text(name)), fields);
        });
        schema.at("items").ifPresent(items -> add(parent.path() + "[]", items, false, fields));
        if (schema.at("additionalProperties").orElse(Json.Null.NULL) instanceof Json.Obj additional) {
            add(parent.path() + ".*", additional, false, fields);
        }
        schema.list("anyOf").stream()
                .map(alternative -> CHECKER.resolved((Json.Obj) alternative))
                .forEach(alternative -> collect(new Field(parent.path(), alternative, alternative, true), fields));
    }

    private static void add(String path, Json own, boolean required, List<Field> fields) {
        var field = new Field(path, (Json.Obj) own, CHECKER.resolved((Json.Obj) own), required);
        fields.add(field);
        collect(field, fields);
    }

    private static Json.Obj schema() {
        try (var stream = ReleaseSchemaTest.class.getResourceAsStream("/dev/shiplog/protocol/release.schema.json")) {
            assertThat(stream).isNotNull();
            return (Json.Obj) JsonValues.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
