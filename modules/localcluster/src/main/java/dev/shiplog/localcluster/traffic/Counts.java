package dev.shiplog.localcluster.traffic;

import dev.shiplog.localcluster.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Requests by what was asked for and which version answered. At most {@value #MOST} pairs; the eldest goes first. */
final class Counts {
    static final int MOST = 10_000;

    private record Asked(String namespace, String name, String version) {}

    private final Map<Asked, Answered> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Answered> eldest) {
            return size() > MOST;
        }
    };

    synchronized void add(String namespace, String name, String version, int status) {
        Asked asked = new Asked(namespace, name, version);
        answers.put(asked, answers.getOrDefault(asked, Answered.NONE).plus(status));
    }

    synchronized Map<String, Answered> of(String namespace, String name) {
        Map<String, Answered> byVersion = new TreeMap<>();
        answers.forEach((asked, answered) -> {
            if (asked.namespace.equals(namespace) && asked.name.equals(name)) {
                byVersion.put(asked.version, answered);
            }
        });
        return byVersion;
    }

    synchronized void forget() {
        answers.clear();
    }

    synchronized ObjectNode toJson() {
        ObjectNode all = Json.object();
        answers.forEach((asked, answered) -> all.withObjectProperty(asked.namespace + "/" + asked.name)
                .putObject(asked.version)
                .put("requests", answered.requests())
                .put("errors", answered.errors()));
        return all;
    }
}
