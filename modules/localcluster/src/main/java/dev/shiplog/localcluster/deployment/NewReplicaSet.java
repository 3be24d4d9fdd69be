package dev.shiplog.localcluster.deployment;

import dev.shiplog.localcluster.control.Owner;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The ReplicaSet that stands for the template a Deployment has now. */
final class NewReplicaSet {
    private NewReplicaSet() {}

    static ObjectNode of(Deployment deployment, int size, int revision) {
        ObjectNode wanted = (ObjectNode) deployment.object().path("spec");
        ObjectNode template = (ObjectNode) wanted.path("template");
        JsonNode hash = Json.text(Template.hash(template, deployment.status().collisions()));
        ObjectNode labelled = Json.with(template, hash, "metadata", "labels", Template.HASH_LABEL);
        Map<String, String> annotations = Revisions.annotations(
                Revisions.strings(Json.at(deployment.object(), "metadata", "annotations")), Map.of(), revision);

        ObjectNode metadata = Json.object();
        metadata.put("name", deployment.name() + "-" + hash.asString());
        metadata.put("namespace", deployment.namespace());
        metadata.set("labels", Json.at(labelled, "metadata", "labels"));
        metadata.set("annotations", Revisions.json(Revisions.sized(annotations, deployment.bounds())));
        metadata.set("ownerReferences", Owner.controlledBy(Kinds.DEPLOYMENT, deployment.object()));

        ObjectNode spec = Json.object();
        spec.put("replicas", size);
        if (deployment.minReadySeconds() > 0) {
            spec.put("minReadySeconds", deployment.minReadySeconds());
        }
        spec.set("selector", Json.with((ObjectNode) wanted.path("selector"), hash, "matchLabels", Template.HASH_LABEL));
        spec.set("template", labelled);

        ObjectNode object = Json.object();
        object.put("apiVersion", Kinds.REPLICA_SET.apiVersion()).put("kind", Kinds.REPLICA_SET.name());
        object.set("metadata", metadata);
        object.set("spec", spec);
        object.set("status", Json.object().put("replicas", 0));
        return object;
    }
}
