package dev.shiplog.kubernetes.access;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.kubernetes.trouble.TroubleException;
import dev.shiplog.kubernetes.trouble.Troubles;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where the objects of a kind are. What releases mostly consist of is known; any other kind is asked for once. */
public final class Resources {

    private record Resource(String plural, boolean namespaced) {}

    private static final Map<String, Resource> KNOWN = Map.of(
            "v1/ConfigMap", new Resource("configmaps", true),
            "v1/Secret", new Resource("secrets", true),
            "v1/Service", new Resource("services", true),
            "v1/ServiceAccount", new Resource("serviceaccounts", true),
            "apps/v1/Deployment", new Resource("deployments", true),
            "autoscaling/v2/HorizontalPodAutoscaler", new Resource("horizontalpodautoscalers", true),
            "policy/v1/PodDisruptionBudget", new Resource("poddisruptionbudgets", true),
            "networking.k8s.io/v1/Ingress", new Resource("ingresses", true));

    private final ApiServer server;
    private final Map<String, Resource> found = new ConcurrentHashMap<>();

    private final List<String> namespaces;

    /** @param namespaces the only ones that we may reach; empty: all */
    public Resources(ApiServer server, List<String> namespaces) {
        this.server = server;
        this.namespaces = List.copyOf(namespaces);
    }

    /**
     * The path of the object, whether it exists or not; trouble if the cluster does not know its kind, or if it lies in a
     * namespace that we are not to reach.
     */
    public String path(ObjectKey object) throws TroubleException, InterruptedException {
        var resource = resource(object);
        if (resource.namespaced() && !namespaces.isEmpty() && !namespaces.contains(object.namespace())) {
            throw new TroubleException(Troubles.outOfBounds(server.cluster(), object.namespace(), namespaces));
        }
        var root = root(object.apiVersion());
        var scope = resource.namespaced() ? "/namespaces/" + encoded(object.namespace()) : "";
        return root + scope + "/" + resource.plural() + "/" + encoded(object.name());
    }

    /** Whether the cluster knows the object's kind. */
    public boolean knows(ObjectKey object) throws TroubleException, InterruptedException {
        return find(object).isPresent();
    }

    private Resource resource(ObjectKey object) throws TroubleException, InterruptedException {
        return find(object).orElseThrow(() -> new TroubleException(Troubles.unknownKind(server.cluster(), object)));
    }

    private Optional<Resource> find(ObjectKey object) throws TroubleException, InterruptedException {
        var name = object.apiVersion() + "/" + object.kind();
        var known = Optional.ofNullable(KNOWN.get(name)).or(() -> Optional.ofNullable(found.get(name)));
        if (known.isPresent()) {
            return known;
        }
        var answer = server.get(root(object.apiVersion()));
        if (answer.code() != 404) {
            found.putAll(discovered(object.apiVersion(), server.readable(answer)));
        }
        return Optional.ofNullable(found.get(name));
    }

    private static Map<String, Resource> discovered(String apiVersion, Json.Obj list) {
        var resources = new HashMap<String, Resource>();
        for (var item : list.list("resources")) {
            if (item instanceof Json.Obj resource) {
                var plural = resource.text("name").orElse("");
                boolean isSubresource = plural.contains("/");
                if (!isSubresource) {
                    boolean namespaced = resource.at("namespaced").equals(Optional.of(Json.bool(true)));
                    resources.put(
                            apiVersion + "/" + resource.text("kind").orElse(""), new Resource(plural, namespaced));
                }
            }
        }
        return resources;
    }

    private static String root(String apiVersion) {
        return (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
