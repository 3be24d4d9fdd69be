package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Which Kubernetes this behaves like. */
final class Versions {
    private Versions() {}

    static ObjectNode document() {
        return Json.object()
                .put("major", "1")
                .put("minor", "36")
                .put("emulationMajor", "1")
                .put("emulationMinor", "36")
                .put("minCompatibilityMajor", "1")
                .put("minCompatibilityMinor", "35")
                .put("gitVersion", "v1.36.2")
                .put("gitCommit", "")
                .put("gitTreeState", "clean")
                .put("buildDate", "")
                .put("goVersion", "")
                .put("compiler", "jvm")
                .put("platform", "local/jvm");
    }
}
