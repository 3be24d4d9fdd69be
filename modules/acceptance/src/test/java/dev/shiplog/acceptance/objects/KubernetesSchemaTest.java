package dev.shiplog.acceptance.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The command line knows the fields of Kubernetes objects without the client's classes: from a file that is made of them. */
class KubernetesSchemaTest {

    @Test
    void theSchemaThatFilesAreHeldAgainstIsThatOfTheClientsModel() throws IOException {
        var model = KubernetesModel.text();
        var made = Files.writeString(Path.of("target", "kubernetes.schema.json"), model);
        try (var shipped = getClass().getResourceAsStream("/dev/shiplog/cli/kubernetes.schema.json")) {
            assertThat(shipped == null ? "" : new String(shipped.readAllBytes(), StandardCharsets.UTF_8))
                    .as("copy %s to modules/cli/src/main/resources/dev/shiplog/cli", made.toAbsolutePath())
                    .isEqualTo(model);
        }
    }
}
