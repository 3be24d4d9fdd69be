package dev.shiplog.domain.release;

import dev.shiplog.domain.json.Json;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * One object to be applied.
 *
 * @param json the object as Kubernetes reads it; of a Secret, all but its values
 * @param sealed a Secret's values by key, each sealed for the server (base64 of the cipher text); empty for other kinds
 */
public record KubernetesObject(Json.Obj json, SequencedMap<String, String> sealed) {

    public KubernetesObject(Json.Obj json) {
        this(json, new TreeMap<>());
    }

    public KubernetesObject {
        sealed = java.util.Collections.unmodifiableSequencedMap(new TreeMap<>(sealed));
    }

    public String apiVersion() {
        return json.text("apiVersion").orElse("");
    }

    public String kind() {
        return json.text("kind").orElse("");
    }

    public String name() {
        return json.object("metadata").text("name").orElse("");
    }

    public String namespace() {
        return json.object("metadata").text("namespace").orElse("");
    }

    public ObjectKey key() {
        return new ObjectKey(apiVersion(), kind(), namespace(), name());
    }

    public boolean isWorkload() {
        return kind().equals("Deployment") && apiVersion().equals("apps/v1");
    }

    public KubernetesObject withJson(Json.Obj changed) {
        return new KubernetesObject(changed, sealed);
    }

    public KubernetesObject withLabels(Map<String, String> labels) {
        return withMetadata("labels", labels);
    }

    public KubernetesObject withAnnotations(Map<String, String> annotations) {
        return withMetadata("annotations", annotations);
    }

    private KubernetesObject withMetadata(String member, Map<String, String> values) {
        return withJson(json.withObject(
                "metadata",
                metadata -> metadata.withObject(member, old -> {
                    var merged = old;
                    for (var value : values.entrySet()) {
                        merged = merged.with(value.getKey(), Json.text(value.getValue()));
                    }
                    return merged;
                })));
    }
}
