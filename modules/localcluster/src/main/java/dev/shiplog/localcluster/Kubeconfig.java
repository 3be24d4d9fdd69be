package dev.shiplog.localcluster;

import dev.shiplog.localcluster.tls.Identity;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The file that tells a client where a cluster is. */
final class Kubeconfig {
    private Kubeconfig() {}

    static String of(String name, String url, String token, @Nullable Identity server) {
        String trust = server == null
                ? ""
                : "\n    certificate-authority-data: "
                        + Base64.getEncoder()
                                .encodeToString(server.certificate().getBytes(StandardCharsets.UTF_8));
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: %1$s
                  cluster:
                    server: %2$s%4$s
                users:
                - name: %1$s
                  user:
                    token: %3$s
                contexts:
                - name: %1$s
                  context:
                    cluster: %1$s
                    user: %1$s
                    namespace: default
                current-context: %1$s
                """.formatted(name, url, token, trust);
    }
}
