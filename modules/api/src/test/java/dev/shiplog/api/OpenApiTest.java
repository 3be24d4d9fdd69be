package dev.shiplog.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.shiplog.protocol.v1.CommandProto;
import dev.shiplog.protocol.v1.ReleaseProto;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.ClusterView;
import dev.shiplog.protocol.view.EventView;
import dev.shiplog.protocol.view.Phase;
import dev.shiplog.protocol.view.Problem;
import dev.shiplog.protocol.view.Receipt;
import dev.shiplog.protocol.view.RevisionView;
import dev.shiplog.protocol.view.RolloutView;
import dev.shiplog.protocol.view.SealingKey;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document and what is really there, held against each other in both directions. */
final class OpenApiTest {

    private final JsonNode document = document();

    @Test
    void everyRouteIsInTheDocumentAndEveryOperationOfTheDocumentIsARoute() {
        var vertx = Vertx.vertx();
        try (var running = new RunningApi();
                var routes = new Routes(
                        vertx,
                        new Sources(
                                running.readModel,
                                running.changes,
                                (command, patience) -> running.outcome.apply(command),
                                () -> new SealingKey("", ""),
                                () -> "{}",
                                List::of,
                                java.util.Optional::empty),
                        ApiLimits.USUAL,
                        false)) {
            var real = new TreeSet<String>();
            for (Route route : routes.router().getRoutes()) {
                var path = String.valueOf(route.getPath()).replaceAll(":([a-z]+)", "{$1}");
                route.methods().forEach(method -> real.add(method.name() + " " + path));
            }
            var written = new TreeSet<String>();
            document.get("paths")
                    .properties()
                    .forEach(path -> path.getValue()
                            .propertyNames()
                            .forEach(method ->
                                    written.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));

            assertThat(real).hasSizeGreaterThan(10);
            assertThat(written).isEqualTo(real);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void everyRecordIsInTheDocumentWithItsComponents() {
        assertRecord("AppView", AppView.class);
        assertRecord("Replicas", AppView.Replicas.class);
        assertRecord("OnCluster", AppView.OnCluster.class);
        assertRecord("TroubleView", AppView.TroubleView.class);
        assertRecord("Step", AppView.Step.class);
        assertRecord("Weight", AppView.Weight.class);
        assertRecord("Workload", AppView.Workload.class);
        assertRecord("RevisionView", RevisionView.class);
        assertRecord("RevisionOnCluster", RevisionView.OnCluster.class);
        assertRecord("Deletion", RevisionView.Deletion.class);
        assertRecord("RolloutView", RolloutView.class);
        assertRecord("ClusterView", ClusterView.class);
        assertRecord("EventView", EventView.class);
        assertRecord("Receipt", Receipt.class);
        assertRecord("RevisionMade", Receipt.Made.class);
        assertRecord("SealingKey", SealingKey.class);
        assertRecord("Problem", Problem.class);
        assertThat(texts(schema("Phase").get("enum")))
                .containsExactlyElementsOf(
                        Arrays.stream(Phase.values()).map(Enum::name).toList());
    }

    @Test
    void everyFieldOfACommandIsInTheDocument() {
        assertMessage("Command", CommandProto.Command.getDescriptor());
        assertMessage("Apply", CommandProto.Apply.getDescriptor());
        assertMessage("Scale", CommandProto.Scale.getDescriptor());
        assertMessage("SetImage", CommandProto.SetImage.getDescriptor());
        assertMessage("Selected", CommandProto.Pause.getDescriptor());
        assertMessage("Selected", CommandProto.Resume.getDescriptor());
        assertMessage("Selected", CommandProto.Restart.getDescriptor());
        assertMessage("Selected", CommandProto.Delete.getDescriptor());
        assertMessage("Forced", CommandProto.Abort.getDescriptor());
        assertMessage("Forced", CommandProto.Retry.getDescriptor());
        assertMessage("Promote", CommandProto.Promote.getDescriptor());
        assertMessage("Switch", CommandProto.Switch.getDescriptor());
        assertMessage("Undo", CommandProto.Undo.getDescriptor());
        assertMessage("ReleaseSpec", ReleaseProto.ReleaseSpec.getDescriptor());
        assertMessage("KubernetesObject", ReleaseProto.KubernetesObject.getDescriptor());
        assertMessage("ClusterSelection", ReleaseProto.ClusterSelection.getDescriptor());
        assertMessage("Requirement", ReleaseProto.ClusterSelection.Requirement.getDescriptor());
        assertMessage("Strategy", ReleaseProto.Strategy.getDescriptor());
        assertMessage("Rolling", ReleaseProto.Strategy.Rolling.getDescriptor());
        assertMessage("Recreate", ReleaseProto.Strategy.Recreate.getDescriptor());
        assertMessage("Canary", ReleaseProto.Strategy.Canary.getDescriptor());
        assertMessage("CanaryStep", ReleaseProto.Strategy.Step.getDescriptor());
        assertMessage("CanaryPause", ReleaseProto.Strategy.Pause.getDescriptor());
        assertMessage("CanaryScale", ReleaseProto.Strategy.CanaryScale.getDescriptor());
        assertMessage("SessionAffinity", ReleaseProto.Strategy.SessionAffinity.getDescriptor());
        assertMessage("BlueGreen", ReleaseProto.Strategy.BlueGreen.getDescriptor());
        assertMessage("AutoPromotion", ReleaseProto.Strategy.AutoPromotion.getDescriptor());
        assertMessage("Override", ReleaseProto.Override.getDescriptor());
    }

    @Test
    void everyReferenceLeadsSomewhereAndEverySchemaIsReferredTo() {
        var references = new TreeSet<String>();
        collect(document, references);
        var schemas = new TreeSet<String>();
        document.at("/components/schemas").propertyNames().forEach(name -> schemas.add("#/components/schemas/" + name));

        assertThat(references).isEqualTo(schemas);
    }

    private void assertRecord(String schema, Class<?> type) {
        assertThat(properties(schema))
                .as(schema)
                .containsExactlyElementsOf(Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
        var required = Arrays.stream(type.getRecordComponents())
                .filter(component ->
                        !component.getAnnotatedType().isAnnotationPresent(org.jspecify.annotations.Nullable.class))
                .map(RecordComponent::getName)
                .toList();
        assertThat(texts(schema(schema).get("required"))).as(schema).containsExactlyElementsOf(required);
    }

    private void assertMessage(String schema, Descriptor message) {
        assertThat(Set.copyOf(properties(schema)))
                .as(schema)
                .isEqualTo(message.getFields().stream()
                        .map(FieldDescriptor::getJsonName)
                        .collect(Collectors.toSet()));
    }

    private JsonNode schema(String name) {
        var schema = document.at("/components/schemas/" + name);
        assertThat(schema.isObject()).as(name).isTrue();
        return schema;
    }

    private Collection<String> properties(String schema) {
        return schema(schema).get("properties").propertyNames();
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(item -> texts.add(item.stringValue()));
        return texts;
    }

    private static void collect(JsonNode node, Set<String> references) {
        if (node.isObject() && node.has("$ref")) {
            references.add(node.get("$ref").stringValue());
        }
        node.forEach(child -> collect(child, references));
    }

    private static JsonNode document() {
        try (var running = new RunningApi()) {
            return JsonMapper.shared().readTree(running.get("/openapi.json").body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
