package dev.shiplog.acceptance.strategies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A release of one Deployment behind one Service, with a ConfigMap that differs by version.
 *
 * @param version the tag of the image, which is what the pods answer
 * @param strategy in YAML, in one line
 * @param rest further members of the spec in YAML
 * @param more another object in YAML, in one line; empty: none
 */
public record ReleaseFile(String app, String version, int replicas, String strategy, String rest, String more) {

    private static final String WITHOUT_SERVICE = "none";

    public static ReleaseFile of(String app, String version, int replicas, String strategy) {
        return new ReleaseFile(app, version, replicas, strategy, "clusters: {names: [" + World.SEOUL + "]}", "");
    }

    public ReleaseFile version(String other) {
        return new ReleaseFile(app, other, replicas, strategy, rest, more);
    }

    public ReleaseFile strategy(String other) {
        return new ReleaseFile(app, version, replicas, other, rest, more);
    }

    /** @param selection and further members of the spec */
    ReleaseFile on(String selection) {
        return new ReleaseFile(app, version, replicas, strategy, selection, more);
    }

    public ReleaseFile with(String object) {
        return new ReleaseFile(app, version, replicas, strategy, rest, object);
    }

    /** Its pods answer nobody: those of a worker. */
    ReleaseFile withoutService() {
        return new ReleaseFile(app, version, replicas, strategy, rest, WITHOUT_SERVICE);
    }

    public Path in(Path folder) throws IOException {
        var file = folder.resolve(app + "-" + version + ".yaml");
        return Files.writeString(file, """
                apiVersion: shiplog.dev/v1
                kind: Release
                metadata: {name: %1$s, namespace: default}
                spec:
                  cause: release %2$s
                  %5$s
                  strategy: %4$s
                  configMapGenerator: [{name: %1$s-conf, literals: [version=%2$s]}]
                  objects:
                    - apiVersion: apps/v1
                      kind: Deployment
                      metadata: {name: %1$s}
                      spec:
                        replicas: %3$d
                        progressDeadlineSeconds: 5
                        selector: {matchLabels: {app: %1$s, track: stable}}
                        template:
                          metadata: {labels: {app: %1$s, track: stable}}
                          spec:
                            containers:
                              - name: hello
                                image: kelseyhightower/hello:%2$s
                                envFrom: [{configMapRef: {name: %1$s-conf}}]
                                resources: {limits: {cpu: 0.2, memory: 10Mi}}
                %6$s
                """.formatted(app, version, replicas, strategy, rest, further()));
    }

    private String further() {
        var service = """
                    - apiVersion: v1
                      kind: Service
                      metadata: {name: %1$s}
                      spec: {selector: {app: %1$s}, ports: [{port: 80}]}
                """.formatted(app);
        return more.equals(WITHOUT_SERVICE) ? "" : more.isEmpty() ? service : service + "    - " + more;
    }
}
