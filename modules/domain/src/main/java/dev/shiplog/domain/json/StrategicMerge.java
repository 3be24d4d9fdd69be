package dev.shiplog.domain.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Strategic merge as kustomize users write it: objects are merged member by member, {@code null} removes a member, a
 * list whose items Kubernetes tells apart by a key is merged item by item, any other list is replaced.
 * {@code $patch: delete} and {@code $patch: replace} work on list items and on objects.
 *
 * <p>Example: {@code containers: [{name: hello, image: hello:2.0.0}]} changes the image of the container {@code hello}
 * and leaves its ports, its probes and the other containers as they were.
 *
 * <p>Merge keys: <a href="https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/">
 * the patchMergeKey of each field in the Kubernetes API reference</a>.
 */
public final class StrategicMerge {

    private static final String DIRECTIVE = "$patch";

    private static final Map<String, List<String>> MERGE_KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey")),
            Map.entry("ports", List.of("containerPort", "port")));

    private StrategicMerge() {}

    public static Json.Obj merge(Json.Obj base, Json.Obj patch) {
        if (isDirective(patch, "replace")) {
            return patch.without(DIRECTIVE);
        }
        var merged = new LinkedHashMap<>(base.members());
        patch.without(DIRECTIVE).members().forEach((name, value) -> {
            switch (value) {
                case Json.Null ignored -> merged.remove(name);
                case Json.Obj object when isDirective(object, "delete") -> merged.remove(name);
                case Json.Obj object -> merged.put(name, merge(base.object(name), object));
                case Json.Arr list -> merged.put(name, mergeLists(name, base.list(name), list.items()));
                case Json.Str text -> merged.put(name, text);
                case Json.Num number -> merged.put(name, number);
                case Json.Bool bool -> merged.put(name, bool);
            }
        });
        return new Json.Obj(merged);
    }

    private static Json.Arr mergeLists(String name, List<Json> base, List<Json> patch) {
        boolean replaced = patch.stream().anyMatch(item -> item instanceof Json.Obj o && isDirective(o, "replace"));
        if (replaced) {
            return new Json.Arr(patch.stream()
                    .filter(item -> !(item instanceof Json.Obj o && isDirective(o, "replace")))
                    .toList());
        }
        var candidates = MERGE_KEYS.getOrDefault(name, List.of());
        var key = candidates.stream()
                .filter(k -> patch.stream()
                        .allMatch(item -> item instanceof Json.Obj o && o.at(k).isPresent()))
                .findFirst();
        if (key.isEmpty() || patch.isEmpty()) {
            return new Json.Arr(patch);
        }
        var merged = new ArrayList<>(base);
        for (Json item : patch) {
            var change = (Json.Obj) item;
            var place = indexOf(merged, key.get(), change.at(key.get()));
            if (isDirective(change, "delete")) {
                place.ifPresent(i -> merged.remove((int) i));
            } else if (place.isPresent()) {
                merged.set(place.get(), merge((Json.Obj) merged.get(place.get()), change));
            } else {
                merged.add(merge(Json.EMPTY, change));
            }
        }
        return new Json.Arr(merged);
    }

    private static Optional<Integer> indexOf(List<Json> items, String key, Optional<Json> value) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Json.Obj item && item.at(key).equals(value)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** Whether the patch takes the whole object away. */
    public static boolean deletes(Json.Obj patch) {
        return isDirective(patch, "delete");
    }

    private static boolean isDirective(Json.Obj object, String directive) {
        return object.text(DIRECTIVE).filter(directive::equals).isPresent();
    }
}
