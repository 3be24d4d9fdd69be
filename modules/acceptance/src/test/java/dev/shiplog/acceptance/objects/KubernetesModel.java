package dev.shiplog.acceptance.objects;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of the Kubernetes objects that releases are mostly made of, as the model classes of the client have them. */
final class KubernetesModel {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<Class<?>> KINDS = List.of(
            ConfigMap.class,
            DaemonSet.class,
            Deployment.class,
            PersistentVolumeClaim.class,
            Secret.class,
            Service.class,
            ServiceAccount.class,
            StatefulSet.class);

    /** Names that the kinds of a file have in common, but which nobody but the API server writes. */
    private static final Set<String> FREE = Set.of("status", "managedFields");

    private final Map<String, ObjectNode> definitions = new TreeMap<>();

    /** One definition a line, so that what a newer model adds can be seen. */
    static String text() {
        var model = new KubernetesModel();
        KINDS.forEach(model::refer);
        model.properties("Secret").set("data", JSON.createObjectNode());
        model.properties("Secret").set("stringData", JSON.createObjectNode());
        for (var workload : List.of("DeploymentSpec", "StatefulSetSpec")) {
            model.properties(workload).withObject("replicas").put("minimum", 0);
        }
        return model.definitions.entrySet().stream()
                .map(definition -> "    \"" + definition.getKey() + "\": " + definition.getValue())
                .collect(Collectors.joining(",\n", "{\n  \"$defs\": {\n", "\n  }\n}\n"));
    }

    private ObjectNode properties(String definition) {
        return Objects.requireNonNull(definitions.get(definition), definition).withObject("properties");
    }

    private ObjectNode refer(Class<?> type) {
        var name = type.getSimpleName();
        if (!definitions.containsKey(name)) {
            var definition = JSON.createObjectNode().put("type", "object");
            definitions.put(name, definition);
            var properties = new TreeMap<String, ObjectNode>();
            Arrays.stream(type.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .filter(field -> field.isAnnotationPresent(JsonProperty.class))
                    .forEach(field -> properties.put(
                            field.getAnnotation(JsonProperty.class).value(),
                            FREE.contains(field.getName()) ? JSON.createObjectNode() : schema(field.getGenericType())));
            definition.set("properties", JSON.valueToTree(properties));
            definition.put("additionalProperties", false);
        }
        return JSON.createObjectNode().put("$ref", "#/$defs/" + name);
    }

    private ObjectNode schema(Type type) {
        var schema = JSON.createObjectNode();
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            var arguments = generic.getActualTypeArguments();
            if (Collection.class.isAssignableFrom(raw)) {
                schema.put("type", "array").set("items", schema(arguments[0]));
            } else if (Map.class.isAssignableFrom(raw)) {
                schema.put("type", "object").set("additionalProperties", schema(arguments[1]));
            }
            return schema;
        }
        if (type == String.class) {
            return schema.put("type", "string");
        }
        if (type == Integer.class || type == Long.class) {
            return schema.put("type", "integer");
        }
        if (type == Boolean.class) {
            return schema.put("type", "boolean");
        }
        if (type == Quantity.class) {
            schema.putArray("type").add("string").add("number");
            return schema;
        }
        if (type == IntOrString.class) {
            schema.putArray("type").add("integer").add("string");
            return schema;
        }
        return type instanceof Class<?> model
                        && model.getPackageName().startsWith("io.fabric8.kubernetes.api.model")
                        && !model.isInterface()
                ? refer(model)
                : schema;
    }
}
