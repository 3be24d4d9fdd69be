package dev.shiplog.kubernetes.access;

import dev.shiplog.domain.Trouble.Kind;
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
import java.util.regex.Pattern;

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

    /** A group, which only the core has not, and a version. */
    private static final Pattern SERVABLE = Pattern.compile("([a-z0-9][a-z0-9.-]*/)?[a-z][a-z0-9-]*");

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
        return path(object, resource(object));
    }

    /**
     * The path of the object, as {@link #path}, in another version of its kind where its own is served no longer; empty if
     * the cluster says that it serves none. What may come and go is asked for anew, and a question without a good answer is
     * trouble.
     */
    public Optional<String> servedPath(ObjectKey object) throws TroubleException, InterruptedException {
        var own = knownOrAsked(object);
        if (own.isPresent()) {
            return Optional.of(path(object, own.get()));
        }
        for (var version : otherVersions(object.apiVersion())) {
            var same = new ObjectKey(version, object.kind(), object.namespace(), object.name());
            var served = knownOrAsked(same);
            if (served.isPresent()) {
                return Optional.of(path(same, served.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<Resource> knownOrAsked(ObjectKey object) throws TroubleException, InterruptedException {
        var resource = KNOWN.get(name(object));
        return resource == null ? ask(object) : Optional.of(resource);
    }

    /** The core has one version. */
    private List<String> otherVersions(String apiVersion) throws TroubleException, InterruptedException {
        int slash = apiVersion.indexOf('/');
        boolean hasOthers = slash > 0 && SERVABLE.matcher(apiVersion).matches();
        return hasOthers
                ? list("/apis/" + apiVersion.substring(0, slash), "APIGroup").stream()
                        .flatMap(group -> group.list("versions").stream())
                        .filter(Json.Obj.class::isInstance)
                        .flatMap(version -> ((Json.Obj) version).text("groupVersion").stream())
                        .filter(version -> !version.equals(apiVersion))
                        .toList()
                : List.of();
    }

    private String path(ObjectKey object, Resource resource) throws TroubleException {
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
        var name = name(object);
        var known = Optional.ofNullable(KNOWN.get(name)).or(() -> Optional.ofNullable(found.get(name)));
        return known.isPresent() ? known : ask(object);
    }

    private Optional<Resource> ask(ObjectKey object) throws TroubleException, InterruptedException {
        var served = served(object.apiVersion());
        found.putAll(served);
        var resource = Optional.ofNullable(served.get(name(object)));
        if (resource.isEmpty()) {
            found.remove(name(object));
        }
        return resource;
    }

    private Map<String, Resource> served(String apiVersion) throws TroubleException, InterruptedException {
        boolean isServable = SERVABLE.matcher(apiVersion).matches();
        if (!isServable) {
            return Map.of();
        }
        return list(root(apiVersion), "APIResourceList")
                .map(list -> discovered(apiVersion, list))
                .orElse(Map.of());
    }

    /** What discovery says; empty if it says that there is nothing. */
    private Optional<Json.Obj> list(String root, String kind) throws TroubleException, InterruptedException {
        var answer = server.get(root);
        if (answer.code() == 404) {
            return Optional.empty();
        }
        var list = server.readable(answer);
        boolean isExpected = list.text("kind").filter(kind::equals).isPresent();
        if (!isExpected) {
            throw new TroubleException(
                    Kind.UNKNOWN,
                    "cluster " + server.cluster() + " answers " + root + " with something else than its " + kind
                            + "; look whether a proxy or a page to sign in answers in its place");
        }
        return Optional.of(list);
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

    private static String name(ObjectKey object) {
        return object.apiVersion() + "/" + object.kind();
    }

    private static String root(String apiVersion) {
        return (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
