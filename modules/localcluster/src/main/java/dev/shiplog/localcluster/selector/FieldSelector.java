package dev.shiplog.localcluster.selector;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Selects by the few fields that Kubernetes indexes: {@code status.phase!=Failed,spec.nodeName=node-1}. */
public record FieldSelector(List<Term> terms) {
    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());
    private static final Set<String> OF_ALL = Set.of("metadata.name", "metadata.namespace");
    private static final Map<Kind, Set<String>> OF_KIND = new HashMap<>();

    static {
        OF_KIND.put(
                Kinds.POD,
                Set.of(
                        "spec.nodeName",
                        "spec.restartPolicy",
                        "spec.schedulerName",
                        "spec.serviceAccountName",
                        "spec.hostNetwork",
                        "status.phase",
                        "status.podIP",
                        "status.nominatedNodeName"));
        OF_KIND.put(
                Kinds.EVENT,
                Set.of(
                        "involvedObject.kind",
                        "involvedObject.namespace",
                        "involvedObject.name",
                        "involvedObject.uid",
                        "involvedObject.apiVersion",
                        "involvedObject.resourceVersion",
                        "involvedObject.fieldPath",
                        "reason",
                        "reportingComponent",
                        "source",
                        "type"));
        OF_KIND.put(Kinds.NODE, Set.of("spec.unschedulable"));
        OF_KIND.put(Kinds.NAMESPACE, Set.of("status.phase"));
        OF_KIND.put(Kinds.SECRET, Set.of("type"));
        OF_KIND.put(Kinds.REPLICA_SET, Set.of("status.replicas"));
        OF_KIND.put(Kinds.SERVICE, Set.of("spec.clusterIP", "spec.type"));
    }

    /** One comparison. */
    public record Term(List<String> path, boolean equal, String value) {}

    /** @throws IllegalArgumentException with what cannot be read or is not indexed */
    public static FieldSelector parse(Kind kind, String written) {
        List<Term> terms = new ArrayList<>();
        for (String part : written.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            int unequal = part.indexOf("!=");
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("invalid selector: '" + part + "'; can't understand '" + part + "'");
            }
            String field = part.substring(0, unequal >= 0 ? unequal : equals).trim();
            String value = part.substring(equals + 1);
            if (!OF_ALL.contains(field) && !OF_KIND.getOrDefault(kind, Set.of()).contains(field)) {
                throw new IllegalArgumentException("field label not supported: " + field);
            }
            terms.add(new Term(
                    List.of(field.split("\\.")), unequal < 0, value.startsWith("=") ? value.substring(1) : value));
        }
        return terms.isEmpty() ? EVERYTHING : new FieldSelector(List.copyOf(terms));
    }

    public boolean matches(ObjectNode object) {
        for (Term term : terms) {
            boolean same = Json.text(object, term.path.toArray(String[]::new)).equals(term.value);
            if (same != term.equal) {
                return false;
            }
        }
        return true;
    }
}
