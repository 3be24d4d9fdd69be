package dev.shiplog.localcluster.apply;

import dev.shiplog.localcluster.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code metadata.managedFields}: per owner its fields, and since when. */
final class ManagedFields {
    private record Entry(FieldSet fields, String since, JsonNode written) {}

    private final Map<Owner, Entry> entries = new LinkedHashMap<>();

    static ManagedFields of(@Nullable ObjectNode object) {
        ManagedFields managed = new ManagedFields();
        if (object != null) {
            for (JsonNode entry : Json.at(object, "metadata", "managedFields")) {
                managed.entries.put(
                        Owner.of(entry),
                        new Entry(FieldSet.ofJson(entry.path("fieldsV1")), Json.text(entry, "time"), entry));
            }
        }
        return managed;
    }

    FieldSet of(Owner owner) {
        Entry entry = entries.get(owner);
        return entry == null ? FieldSet.EMPTY : entry.fields;
    }

    FieldSet all() {
        return entries.values().stream().map(Entry::fields).reduce(FieldSet.EMPTY, FieldSet::union);
    }

    List<Owner> owners() {
        return List.copyOf(entries.keySet());
    }

    /** The time moves only when the fields do. */
    void set(Owner owner, FieldSet fields, String now) {
        if (fields.isEmpty()) {
            entries.remove(owner);
            return;
        }
        Entry known = entries.get(owner);
        if (known != null && known.fields.equals(fields)) {
            return;
        }
        ObjectNode written = Json.object();
        written.put("manager", owner.manager());
        written.put("operation", owner.operation());
        written.put("apiVersion", owner.apiVersion());
        written.put("time", now);
        written.put("fieldsType", "FieldsV1");
        written.set("fieldsV1", fields.toJson());
        if (!owner.subresource().isEmpty()) {
            written.put("subresource", owner.subresource());
        }
        entries.put(owner, new Entry(fields, now, written));
    }

    ObjectNode into(ObjectNode object) {
        if (entries.isEmpty()) {
            return Json.without(object, "metadata", "managedFields");
        }
        List<Map.Entry<Owner, Entry>> sorted = new ArrayList<>(entries.entrySet());
        sorted.sort(Comparator.comparing(
                        (Map.Entry<Owner, Entry> entry) -> entry.getKey().operation())
                .thenComparing(entry -> entry.getValue().since)
                .thenComparing(entry -> entry.getKey().manager())
                .thenComparing(entry -> entry.getKey().subresource()));
        return Json.with(
                object,
                Json.array(
                        sorted.stream().map(entry -> entry.getValue().written).toList()),
                "metadata",
                "managedFields");
    }
}
