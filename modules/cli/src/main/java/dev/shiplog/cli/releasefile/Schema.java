package dev.shiplog.cli.releasefile;

import dev.shiplog.cli.api.ShiplogApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A part of the JSON Schema of a file, with its references followed. */
public final class Schema {

    private static final String RELEASE = "/dev/shiplog/protocol/release.schema.json";
    private static final String CLUSTER = "/dev/shiplog/cli/cluster.schema.json";

    private static final Set<String> OBJECTS = Set.of(
            "v1 ConfigMap",
            "v1 PersistentVolumeClaim",
            "v1 Secret",
            "v1 Service",
            "v1 ServiceAccount",
            "apps/v1 DaemonSet",
            "apps/v1 Deployment",
            "apps/v1 StatefulSet");

    /** Read when the first object is. */
    private static final class Objects {
        private static final Schema ALL = read("/dev/shiplog/cli/kubernetes.schema.json");
    }

    private final JsonNode root;
    private final JsonNode node;

    /** What the reference says beside itself, e.g. a description for this place; wins over what it refers to. */
    private final JsonNode beside;

    private Schema(JsonNode root, JsonNode node) {
        var target = node;
        while (target.has("$ref")) {
            target = root.at(target.path("$ref").asString("").substring(1));
        }
        this.root = root;
        this.node = target;
        this.beside = node;
    }

    /** The schema that ships with the protocol; {@code explain} and the checks of files both read it. */
    public static Schema ofRelease() {
        return read(RELEASE);
    }

    /** That of {@code clusters/NAME/cluster.yaml}, for {@code explain} and for editors. */
    public static Schema ofCluster() {
        return read(CLUSTER);
    }

    /** That of a Kubernetes object, as the client's model has it; none of a kind or version that it was not made of. */
    static Optional<Schema> ofObject(String apiVersion, String kind) {
        return OBJECTS.contains(apiVersion + " " + kind)
                ? Optional.of(new Schema(
                        Objects.ALL.root, Objects.ALL.root.path("$defs").path(kind)))
                : Optional.empty();
    }

    private static Schema read(String resource) {
        try (var stream = Schema.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is missing from the class path");
            }
            return of(ShiplogApi.JSON.readTree(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Schema of(JsonNode root) {
        return new Schema(root, root);
    }

    public String text(String keyword) {
        return keyword(keyword).asString("");
    }

    public JsonNode keyword(String keyword) {
        return beside.has(keyword) ? beside.path(keyword) : node.path(keyword);
    }

    /** The JSON types it allows, which a constant says by itself; empty: any. */
    public List<String> types() {
        var constant = node.path("const");
        if (!node.has("type") && constant.isString()) {
            return List.of("string");
        }
        var type = node.path("type");
        if (type.isString()) {
            return List.of(type.stringValue());
        }
        return type.isArray() ? type.valueStream().map(JsonNode::asString).toList() : List.of();
    }

    public List<String> properties() {
        return List.copyOf(node.path("properties").propertyNames());
    }

    public List<String> required() {
        return node.path("required").valueStream().map(JsonNode::asString).toList();
    }

    /** The schema of a member; none if it is unknown, and then it is not allowed or not checked. */
    public Optional<Schema> property(String name) {
        var property = node.path("properties").path(name);
        if (!property.isMissingNode()) {
            return Optional.of(new Schema(root, property));
        }
        return additional();
    }

    /** The schema of members without a name of their own, as in a map of labels. */
    public Optional<Schema> additional() {
        var additional = node.path("additionalProperties");
        return additional.isObject() ? Optional.of(new Schema(root, additional)) : Optional.empty();
    }

    public boolean isClosed() {
        return node.path("additionalProperties").isBoolean()
                && !node.path("additionalProperties").booleanValue();
    }

    public Optional<Schema> items() {
        return node.has("items") ? Optional.of(new Schema(root, node.path("items"))) : Optional.empty();
    }

    /** The forms of which one must fit. */
    public List<Schema> alternatives() {
        var alternatives = new ArrayList<Schema>();
        for (var keyword : List.of("oneOf", "anyOf")) {
            node.path(keyword).forEach(alternative -> alternatives.add(new Schema(root, alternative)));
        }
        return alternatives;
    }

    /** All that must fit as well. */
    public List<Schema> conjuncts() {
        return node.path("allOf")
                .valueStream()
                .map(part -> new Schema(root, part))
                .toList();
    }
}
