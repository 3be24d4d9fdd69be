package dev.shiplog.localcluster;

/** The file that tells a client where a cluster is. */
final class Kubeconfig {
    private Kubeconfig() {}

    static String of(String name, String url, String token) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: %1$s
                  cluster:
                    server: %2$s
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
                """.formatted(name, url, token);
    }
}
