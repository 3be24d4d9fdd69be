package dev.shiplog.kubernetes;

import dev.shiplog.localcluster.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A local cluster, or the real one that {@code -Dshiplog.test.kubeconfig=FILE} names. */
final class ClusterUnderTest implements AutoCloseable {

    private final Path kubeconfig;
    private final @Nullable LocalCluster local;

    private ClusterUnderTest(Path kubeconfig, @Nullable LocalCluster local) {
        this.kubeconfig = kubeconfig;
        this.local = local;
    }

    static ClusterUnderTest start(Path folder) throws IOException {
        var real = System.getProperty("shiplog.test.kubeconfig");
        if (real != null) {
            return new ClusterUnderTest(Path.of(real), null);
        }
        var local = LocalCluster.named("eu-1")
                .gatewayApi()
                .timeToReady(Duration.ofMillis(200))
                .start();
        var file = Files.writeString(folder.resolve("eu-1.kubeconfig"), local.kubeconfig());
        return new ClusterUnderTest(file, local);
    }

    ClusterConnection connection() {
        return new ClusterConnection(new ClusterConnection.Access.Kubeconfig(kubeconfig, Optional.empty()));
    }

    @Override
    public void close() {
        if (local != null) {
            local.close();
        }
    }
}
