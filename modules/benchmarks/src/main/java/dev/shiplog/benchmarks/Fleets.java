package dev.shiplog.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Throw-away fleets of local clusters. */
final class Fleets {

    private Fleets() {}

    /** Declares so many local clusters under the folder, and returns where. */
    static Path local(Path data, int count) throws IOException {
        var folder = data.resolve("fleet");
        for (int i = 1; i <= count; i++) {
            var cluster = Files.createDirectories(folder.resolve("cluster-" + i));
            Files.writeString(cluster.resolve("cluster.yaml"), """
                    apiVersion: shiplog.dev/v1
                    kind: Cluster
                    metadata: {name: cluster-%d}
                    spec: {connection: {local: {}}, qps: 5000, burst: 5000}
                    """.formatted(i));
        }
        return folder;
    }
}
