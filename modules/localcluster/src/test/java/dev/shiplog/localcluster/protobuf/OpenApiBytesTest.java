package dev.shiplog.localcluster.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.discovery.Swagger;
import dev.shiplog.localcluster.store.Kinds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads a document as clients do, by the numbers of gnostic's OpenAPIv2.proto. */
class OpenApiBytesTest {
    private final byte[] document = OpenApiBytes.of(Swagger.document(List.of(Kinds.DEPLOYMENT)));

    @Test
    void tellsThatPatchesMayBeDryRuns() {
        ByteBuffer path = only(only(document, 8), 2);
        assertThat(text(only(path, 1))).isEqualTo("/apis/apps/v1/namespaces/{namespace}/deployments/{name}");
        ByteBuffer patch = only(only(path, 2), 8);
        assertThat(all(patch, 7).stream().map(Wire::text)).contains("application/strategic-merge-patch+json");
        assertThat(all(patch, 8).stream().map(parameter -> text(only(only(only(only(parameter, 1), 2), 3), 4))))
                .contains("dryRun", "fieldManager");
        assertThat(all(patch, 13).stream().map(extension -> text(only(extension, 1))))
                .contains("x-kubernetes-group-version-kind");
    }

    @Test
    void tellsFieldsTheirTypesAndHowListsAreMerged() {
        ByteBuffer spec = definition("io.k8s.DeploymentSpec");
        assertThat(text(only(only(property(spec, "paused"), 22), 1))).isEqualTo("boolean");
        ByteBuffer strategy = property(spec, "strategy");
        assertThat(text(only(strategy, 1))).isEqualTo("#/definitions/io.k8s.DeploymentStrategy");
        assertThat(extensions(strategy)).containsExactly("x-kubernetes-patch-strategy: \"retainKeys\"");
        ByteBuffer containers = property(definition("io.k8s.PodSpec"), "containers");
        assertThat(text(only(only(only(containers, 23), 1), 1))).isEqualTo("#/definitions/io.k8s.Container");
        assertThat(extensions(containers))
                .containsExactlyInAnyOrder(
                        "x-kubernetes-patch-strategy: \"merge\"", "x-kubernetes-patch-merge-key: \"name\"");
    }

    private ByteBuffer definition(String name) {
        return named(all(only(document, 9), 1), name);
    }

    private static ByteBuffer property(ByteBuffer schema, String name) {
        return named(all(only(schema, 25), 1), name);
    }

    private static ByteBuffer named(List<ByteBuffer> entries, String name) {
        return entries.stream()
                .filter(entry -> text(only(entry, 1)).equals(name))
                .map(entry -> only(entry, 2))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> extensions(ByteBuffer schema) {
        return all(schema, 31).stream()
                .map(extension -> text(only(extension, 1)) + ": " + text(only(only(extension, 2), 2)))
                .toList();
    }

    private static String text(ByteBuffer bytes) {
        return Wire.text(bytes);
    }

    private static ByteBuffer only(byte[] message, int number) {
        return only(ByteBuffer.wrap(message), number);
    }

    private static ByteBuffer only(ByteBuffer message, int number) {
        List<ByteBuffer> found = all(message, number);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static List<ByteBuffer> all(ByteBuffer message, int number) {
        List<ByteBuffer> found = new ArrayList<>();
        for (Wire wire = new Wire(message); wire.hasMore(); ) {
            int tag = wire.tag();
            if (tag == (number << 3 | Wire.BYTES)) {
                found.add(wire.bytes());
            } else {
                wire.skip(tag & 7);
            }
        }
        return found;
    }
}
