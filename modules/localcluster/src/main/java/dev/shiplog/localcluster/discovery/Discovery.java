package dev.shiplog.localcluster.discovery;

import dev.shiplog.localcluster.http.Subresources;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The documents that tell a client what there is: groups, versions, kinds, verbs. */
public final class Discovery {
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    private static final Map<Kind, List<String>> SHORT_NAMES = Map.ofEntries(
            Map.entry(Kinds.NAMESPACE, List.of("ns")),
            Map.entry(Kinds.NODE, List.of("no")),
            Map.entry(Kinds.CONFIG_MAP, List.of("cm")),
            Map.entry(Kinds.SERVICE, List.of("svc")),
            Map.entry(Kinds.ENDPOINTS, List.of("ep")),
            Map.entry(Kinds.POD, List.of("po")),
            Map.entry(Kinds.EVENT, List.of("ev")),
            Map.entry(Kinds.SERVICE_ACCOUNT, List.of("sa")),
            Map.entry(Kinds.RESOURCE_QUOTA, List.of("quota")),
            Map.entry(Kinds.DEPLOYMENT, List.of("deploy")),
            Map.entry(Kinds.REPLICA_SET, List.of("rs")),
            Map.entry(Kinds.STATEFUL_SET, List.of("sts")),
            Map.entry(Kinds.DAEMON_SET, List.of("ds")),
            Map.entry(Kinds.POD_DISRUPTION_BUDGET, List.of("pdb")),
            Map.entry(Kinds.HORIZONTAL_POD_AUTOSCALER, List.of("hpa")));
    private static final Set<Kind> IN_ALL = Set.of(
            Kinds.POD,
            Kinds.SERVICE,
            Kinds.DEPLOYMENT,
            Kinds.REPLICA_SET,
            Kinds.STATEFUL_SET,
            Kinds.DAEMON_SET,
            Kinds.HORIZONTAL_POD_AUTOSCALER);

    /** Kinds that are only asked, never kept. */
    private static final List<Kind> REVIEWS = List.of(
            new Kind("authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview", false, false),
            new Kind("authorization.k8s.io", "v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview", false, false),
            new Kind("authentication.k8s.io", "v1", "selfsubjectreviews", "SelfSubjectReview", false, false));

    private final List<Kind> kinds;

    /** Of a cluster that serves these kinds. */
    public Discovery(List<Kind> kinds) {
        this.kinds = kinds;
    }

    /** The document at this path, if it is one of discovery. */
    public Optional<ObjectNode> at(String path, String address) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String[] parts = plain.split("/");
        if (plain.equals("/api")) {
            return Optional.of(versions(address));
        }
        if (plain.equals("/apis")) {
            return Optional.of(groups());
        }
        if (plain.equals("/api/v1")) {
            return Optional.of(resources("", "v1"));
        }
        if (parts.length == 3 && parts[1].equals("apis") && groupNames().contains(parts[2])) {
            return Optional.of(Json.with(
                    Json.with(group(parts[2]), Json.text("APIGroup"), "kind"), Json.text("v1"), "apiVersion"));
        }
        if (parts.length == 4
                && parts[1].equals("apis")
                && groupNames().contains(parts[2])
                && versionsOf(parts[2]).contains(parts[3])) {
            return Optional.of(resources(parts[2], parts[3]));
        }
        return Optional.empty();
    }

    private static ObjectNode versions(String address) {
        ObjectNode versions = Json.object();
        versions.put("kind", "APIVersions").putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs")
                .addObject()
                .put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress", address);
        return versions;
    }

    private ObjectNode groups() {
        ObjectNode list = Json.object();
        list.put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        groupNames().forEach(name -> groups.add(group(name)));
        return list;
    }

    private ObjectNode group(String name) {
        ObjectNode group = Json.object();
        group.put("name", name);
        ArrayNode versions = group.putArray("versions");
        for (String version : versionsOf(name)) {
            versions.addObject().put("groupVersion", name + "/" + version).put("version", version);
        }
        group.set("preferredVersion", versions.get(0));
        return group;
    }

    public Set<String> groupNames() {
        Set<String> names = new LinkedHashSet<>();
        kinds.stream().map(Kind::group).filter(group -> !group.isEmpty()).forEach(names::add);
        REVIEWS.forEach(review -> names.add(review.group()));
        return names;
    }

    /** The preferred one first. */
    public List<String> versionsOf(String group) {
        return Stream.concat(kinds.stream(), REVIEWS.stream())
                .filter(kind -> kind.group().equals(group))
                .map(Kind::version)
                .distinct()
                .toList();
    }

    private ObjectNode resources(String group, String version) {
        ObjectNode list = Json.object();
        list.put("kind", "APIResourceList");
        if (!group.isEmpty()) {
            list.put("apiVersion", "v1");
        }
        list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode resources = list.putArray("resources");
        kinds.stream()
                .filter(kind -> kind.group().equals(group) && kind.version().equals(version))
                .sorted(Comparator.comparing(Kind::plural))
                .forEach(kind -> describe(resources, kind));
        for (Kind review : REVIEWS) {
            if (review.group().equals(group)) {
                ObjectNode entry = entry(review, review.plural(), review.name());
                entry.putArray("verbs").add("create");
                resources.add(entry);
            }
        }
        return list;
    }

    private static void describe(ArrayNode resources, Kind kind) {
        ObjectNode entry = entry(kind, kind.plural(), kind.name());
        ArrayNode verbs = entry.putArray("verbs");
        VERBS.stream()
                .filter(verb -> !(kind.equals(Kinds.NAMESPACE) && verb.equals("deletecollection")))
                .forEach(verbs::add);
        List<String> shortNames = SHORT_NAMES.getOrDefault(Kinds.stored(kind), List.of());
        if (!shortNames.isEmpty()) {
            ArrayNode names = entry.putArray("shortNames");
            shortNames.forEach(names::add);
        }
        if (IN_ALL.contains(Kinds.stored(kind))) {
            entry.putArray("categories").add("all");
        }
        resources.add(entry);
        for (String subresource : Subresources.of(Kinds.stored(kind))) {
            resources.add(subresource(kind, subresource));
        }
    }

    private static ObjectNode subresource(Kind kind, String name) {
        String path = kind.plural() + "/" + name;
        return switch (name) {
            case "scale" -> {
                ObjectNode scale = entry(kind, path, "Scale");
                scale.put("singularName", "").put("group", "autoscaling").put("version", "v1");
                scale.putArray("verbs").add("get").add("patch").add("update");
                yield scale;
            }
            case "eviction" -> {
                ObjectNode eviction = entry(kind, path, "Eviction");
                eviction.put("singularName", "").put("group", "policy").put("version", "v1");
                eviction.putArray("verbs").add("create");
                yield eviction;
            }
            case "finalize" -> {
                ObjectNode finalize = entry(kind, path, kind.name()).put("singularName", "");
                finalize.putArray("verbs").add("update");
                yield finalize;
            }
            default -> {
                ObjectNode status = entry(kind, path, kind.name()).put("singularName", "");
                status.putArray("verbs").add("get").add("patch").add("update");
                yield status;
            }
        };
    }

    private static ObjectNode entry(Kind kind, String name, String kindName) {
        return Json.object()
                .put("name", name)
                .put("singularName", kind.name().toLowerCase(Locale.ROOT))
                .put("namespaced", kind.namespaced())
                .put("kind", kindName);
    }
}
