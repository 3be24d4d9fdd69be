package dev.shiplog.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistenceTest {

    @Test
    void bringsObjectsBackAndDropsALineThatWasCutOff(@TempDir Path folder) throws IOException {
        try (LocalCluster first = LocalCluster.named("kept").dataFolder(folder).start();
                HttpClientOf client = new HttpClientOf(first)) {
            client.send(
                    "POST",
                    "/api/v1/namespaces/default/configmaps",
                    "application/json",
                    "{\"metadata\":{\"name\":\"kept\"},\"data\":{\"a\":\"1\"}}");
        }
        Files.writeString(folder.resolve("objects.jsonl"), "{\"group\":\"\",\"plu", StandardOpenOption.APPEND);

        try (LocalCluster second = LocalCluster.named("kept").dataFolder(folder).start();
                HttpClientOf client = new HttpClientOf(second)) {
            assertThat(client.get("/api/v1/namespaces/default/configmaps/kept")
                            .body()
                            .at("/data/a")
                            .asString())
                    .isEqualTo("1");
        }
    }
}
