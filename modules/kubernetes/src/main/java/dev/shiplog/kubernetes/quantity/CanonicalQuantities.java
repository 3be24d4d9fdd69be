package dev.shiplog.kubernetes.quantity;

import dev.shiplog.domain.json.Json;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;

/**
 * An object with its quantities in canonical form. Server-side apply compares them as they are written: a {@code cpu:
 * 0.2} against the stored {@code 200m} is a conflict with every other manager of the field.
 *
 * <p>Objects of kinds that somebody has added to the cluster are left as they are: only their author knows what a
 * member called {@code limits} means there.
 */
public final class CanonicalQuantities {

    /** Members that are maps of quantities, wherever they stand in a built-in kind. */
    private static final Set<String> MAPS =
            Set.of("limits", "requests", "hard", "overhead", "capacity", "default", "defaultRequest", "max", "min");

    private static final Set<String> SCALARS = Set.of("sizeLimit", "divisor", "averageValue");

    /** Members whose names are free, so that nothing below them is looked at: a label may be called "divisor". */
    private static final Set<String> FREE = Set.of(
            "data", "stringData", "binaryData", "labels", "annotations", "matchLabels", "selector", "nodeSelector");

    private static final Set<String> GROUPS = Set.of("", "apps", "batch", "autoscaling", "policy", "networking.k8s.io");

    private CanonicalQuantities() {}

    public static Json.Obj in(Json.Obj object) {
        return isBuiltIn(object.text("apiVersion").orElse("")) ? walk(object) : object;
    }

    private static boolean isBuiltIn(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return GROUPS.contains(slash < 0 ? "" : apiVersion.substring(0, slash));
    }

    private static Json.Obj walk(Json.Obj object) {
        var members = new LinkedHashMap<String, Json>();
        object.members().forEach((name, value) -> members.put(name, member(name, value)));
        return new Json.Obj(members);
    }

    private static Json member(String name, Json value) {
        return switch (value) {
            case Json.Obj free when FREE.contains(name) -> free;
            case Json.Obj map when MAPS.contains(name) -> quantities(map);
            case Json.Obj object -> walk(object);
            case Json.Arr list ->
                Json.array(list.items().stream().map(item -> member("", item)).toList());
            case Json.Str text -> SCALARS.contains(name) ? quantity(text) : text;
            case Json.Num number -> SCALARS.contains(name) ? quantity(number) : number;
            case Json.Bool bool -> bool;
            case Json.Null none -> none;
        };
    }

    private static Json.Obj quantities(Json.Obj map) {
        var members = new LinkedHashMap<String, Json>();
        map.members().forEach((name, value) -> members.put(name, quantity(value)));
        return new Json.Obj(members);
    }

    private static Json quantity(Json value) {
        Optional<String> canonical = switch (value) {
            case Json.Str text -> Quantity.canonical(text.value());
            case Json.Num number -> Quantity.canonical(number.value().toPlainString());
            case Json.Obj ignored -> Optional.empty();
            case Json.Arr ignored -> Optional.empty();
            case Json.Bool ignored -> Optional.empty();
            case Json.Null ignored -> Optional.empty();
        };
        return canonical.map(Json::text).orElse(value);
    }
}
