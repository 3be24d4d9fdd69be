package dev.shiplog.kubernetes.access;

import dev.shiplog.kubernetes.ClusterConnection;
import dev.shiplog.kubernetes.ClusterConnection.Access;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A connection in fabric8's terms. Nothing is taken from the environment: what one variable says must not hold for all
 * clusters. fabric8's own retries are off, since they would repeat what is refused for good and hide what is wrong.
 */
public final class Credentials {

    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private Credentials() {}

    /**
     * @throws IllegalArgumentException if the kubeconfig or its context is not there
     * @throws UncheckedIOException if a file cannot be read
     */
    public static Config of(ClusterConnection connection) {
        return new ConfigBuilder(of(connection.access()))
                .withUserAgent("shiplog")
                .withConnectionTimeout((int) connection.connectTimeout().toMillis())
                .withRequestTimeout((int) connection.requestTimeout().toMillis())
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    private static Config of(Access access) {
        return switch (access) {
            case Access.Kubeconfig kubeconfig -> kubeconfig(kubeconfig);
            case Access.InCluster ignored -> inCluster();
            case Access.Bearer bearer -> bearer(bearer);
        };
    }

    private static Config kubeconfig(Access.Kubeconfig kubeconfig) {
        if (!Files.isReadable(kubeconfig.file())) {
            throw new IllegalArgumentException("no kubeconfig at " + kubeconfig.file());
        }
        var config = Config.fromKubeconfig(
                kubeconfig.context().orElse(null), kubeconfig.file().toFile());
        var wanted = kubeconfig.context();
        boolean found = config.getCurrentContext() != null
                && wanted.map(config.getCurrentContext().getName()::equals).orElse(true);
        if (!found) {
            throw new IllegalArgumentException("no context "
                    + wanted.map(name -> "\"" + name + "\"").orElse("is the current one") + " in " + kubeconfig.file());
        }
        return config;
    }

    private static Config inCluster() {
        var host = System.getenv("KUBERNETES_SERVICE_HOST");
        var port = System.getenv("KUBERNETES_SERVICE_PORT");
        if (host == null || port == null) {
            throw new IllegalArgumentException("not in a cluster: KUBERNETES_SERVICE_HOST and _PORT are not set");
        }
        var address = host.contains(":") ? "[" + host + "]" : host;
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + address + ":" + port)
                .withCaCertFile(SERVICE_ACCOUNT.resolve("ca.crt").toString())
                // Read anew each time: the token in the file is replaced every hour.
                .withOauthTokenProvider(() -> read(SERVICE_ACCOUNT.resolve("token")))
                .build();
    }

    private static Config bearer(Access.Bearer bearer) {
        var builder = new ConfigBuilder(Config.empty()).withMasterUrl(bearer.url());
        bearer.token().ifPresent(builder::withOauthToken);
        bearer.certificateAuthority().ifPresent(file -> builder.withCaCertFile(file.toString()));
        return builder.build();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("no token in " + file, e);
        }
    }
}
