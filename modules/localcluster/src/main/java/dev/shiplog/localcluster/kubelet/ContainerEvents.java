package dev.shiplog.localcluster.kubelet;

import dev.shiplog.localcluster.events.Recorder;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.store.Kinds;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The Events by which kubelets tell how the containers of a pod come and go; an image is pulled to a node once. */
final class ContainerEvents {
    private static final String COMPONENT = "kubelet";
    private static final int REMEMBERED = 1_000;

    private record Place(String node, String image) {}

    private final Recorder recorder;
    private final Set<Place> pulled = new LinkedHashSet<>();

    ContainerEvents(Recorder recorder) {
        this.recorder = recorder;
    }

    /** What is not on the node yet, or must always be asked for, begins to come. */
    void pulling(ObjectNode pod) {
        for (JsonNode container : containers(pod)) {
            if (mustBePulled(pod, container)) {
                tell(pod, container, "Pulling", "Pulling image " + image(container));
            }
        }
    }

    void started(ObjectNode pod) {
        for (JsonNode container : containers(pod)) {
            String name = Json.text(container, "name");
            tell(
                    pod,
                    container,
                    "Pulled",
                    mustBePulled(pod, container)
                            ? "Successfully pulled image " + image(container)
                            : "Container image " + image(container) + " already present on machine");
            remember(new Place(Pods.nodeName(pod), Json.text(container, "image")));
            tell(pod, container, "Created", "Created container: " + name);
            tell(pod, container, "Started", "Started container " + name);
        }
    }

    /** Those that run are stopped. */
    void killing(ObjectNode pod) {
        Json.at(pod, "status", "containerStatuses").forEach(status -> {
            if (Json.at(status, "state").has("running")) {
                tell(pod, status, "Killing", "Stopping container " + Json.text(status, "name"));
            }
        });
    }

    private static JsonNode containers(ObjectNode pod) {
        return Json.at(pod, "spec", "containers");
    }

    private boolean mustBePulled(ObjectNode pod, JsonNode container) {
        return Json.text(container, "imagePullPolicy").equals("Always")
                || !pulled.contains(new Place(Pods.nodeName(pod), Json.text(container, "image")));
    }

    private void remember(Place place) {
        pulled.add(place);
        if (pulled.size() > REMEMBERED) {
            Iterator<Place> oldest = pulled.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private static String image(JsonNode container) {
        return "\"" + Json.text(container, "image") + "\"";
    }

    private void tell(ObjectNode pod, JsonNode container, String reason, String message) {
        String field = "spec.containers{" + Json.text(container, "name") + "}";
        recorder.normal(COMPONENT, Kinds.POD, pod, field, reason, message);
    }
}
