package dev.shiplog.localcluster.apply;

import dev.shiplog.localcluster.json.Json;
import tools.jackson.databind.JsonNode;

/** Who owns fields, and how they were written. */
public record Owner(String manager, String operation, String apiVersion, String subresource) {
    public static final String APPLY = "Apply";
    public static final String UPDATE = "Update";

    static Owner of(JsonNode entry) {
        return new Owner(
                Json.text(entry, "manager"),
                Json.text(entry, "operation"),
                Json.text(entry, "apiVersion"),
                Json.text(entry, "subresource"));
    }

    /** As conflicts name it. */
    @Override
    public String toString() {
        return Json.text(manager)
                + (subresource.isEmpty() ? "" : " with subresource \"" + subresource + "\"")
                + (operation.equals(UPDATE) ? " using " + apiVersion : "");
    }
}
