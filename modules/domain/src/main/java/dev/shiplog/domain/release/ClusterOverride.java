package dev.shiplog.domain.release;

import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What differs on the clusters that it selects; later overrides win over earlier ones.
 *
 * @param images image by container name
 * @param patches strategic merge patches, each with the kind and name of the object it changes
 */
public record ClusterOverride(
        ClusterSelection clusters,
        Optional<Integer> replicas,
        Map<String, String> images,
        Optional<Strategy> strategy,
        List<Json.Obj> patches) {
    public ClusterOverride {
        images = Map.copyOf(images);
        patches = List.copyOf(patches);
    }

    /** Without a say about the images of these containers. */
    public ClusterOverride withoutImages(Set<String> containers) {
        var rest = new TreeMap<>(images);
        rest.keySet().removeAll(containers);
        return new ClusterOverride(clusters, replicas, rest, strategy, patches);
    }

    /** Whether it says nothing at all. */
    public boolean isEmpty() {
        return replicas.isEmpty() && images.isEmpty() && strategy.isEmpty() && patches.isEmpty();
    }
}
