package dev.shiplog.localcluster.endpoints;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects of a kind by the name and value pairs that they carry somewhere, so that nobody has to look at all of a
 * namespace to find the few that match.
 */
final class ByLabel {
    private record Pair(String namespace, String name, String value) {}

    private final Store store;
    private final Function<ObjectNode, JsonNode> pairs;
    private final Map<Pair, Set<ObjectKey>> keys = new HashMap<>();

    ByLabel(Store store, Kind kind, Function<ObjectNode, JsonNode> pairs) {
        this.store = store;
        this.pairs = pairs;
        store.list(kind).forEach(object -> add(ObjectKey.of(kind, object), object));
        store.subscribe(kind, this::onChange);
    }

    /** Those that carry at least one of the pairs. */
    Stream<ObjectNode> withAny(String namespace, JsonNode wanted) {
        return of(namespace, wanted).stream()
                .flatMap(pair -> keys.getOrDefault(pair, Set.of()).stream())
                .distinct()
                .map(store::get)
                .filter(Objects::nonNull);
    }

    /** Those that carry the rarest of the pairs: all that carry every one are among them. */
    Stream<ObjectNode> withRarest(String namespace, JsonNode wanted) {
        return of(namespace, wanted).stream()
                .map(pair -> keys.getOrDefault(pair, Set.of()))
                .min(Comparator.comparingInt(Set::size))
                .stream()
                .flatMap(Set::stream)
                .map(store::get)
                .filter(Objects::nonNull);
    }

    private void onChange(Change change) {
        ObjectNode before = change.before();
        boolean stays = change.type() != Change.Type.DELETED;
        if (before != null && stays && Json.same(pairs.apply(before), pairs.apply(change.object()))) {
            return;
        }
        if (before != null) {
            for (Pair pair : of(change.key().namespace(), pairs.apply(before))) {
                keys.computeIfPresent(pair, (unchanged, set) -> {
                    set.remove(change.key());
                    return set.isEmpty() ? null : set;
                });
            }
        }
        if (stays) {
            add(change.key(), change.object());
        }
    }

    private void add(ObjectKey key, ObjectNode object) {
        for (Pair pair : of(key.namespace(), pairs.apply(object))) {
            keys.computeIfAbsent(pair, unknown -> new LinkedHashSet<>()).add(key);
        }
    }

    private static List<Pair> of(String namespace, JsonNode labels) {
        return labels.propertyStream()
                .map(label ->
                        new Pair(namespace, label.getKey(), label.getValue().asString("")))
                .toList();
    }
}
