package dev.shiplog.kubernetes.write;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.kubernetes.trouble.Troubles;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What keeps an object that is marked as deleted. */
final class Finalizers {

    /** Kubernetes' own, which pass by themselves. */
    private static final Set<String> PASSING = Set.of("foregroundDeletion", "orphan");

    private Finalizers() {}

    /** @param metadata the object's; empty where nothing but Kubernetes itself keeps it */
    static List<String> holding(Json.Obj metadata) {
        return metadata.list("finalizers").stream()
                .filter(Json.Str.class::isInstance)
                .map(text -> ((Json.Str) text).value())
                .filter(finalizer -> !PASSING.contains(finalizer))
                .toList();
    }

    /** Who holds the object, and what to do. */
    static String sentence(String cluster, ObjectKey object, Json.Obj metadata) {
        var holding = holding(metadata);
        var beginning = Troubles.about(object) + " in cluster " + cluster;
        return holding.isEmpty()
                ? beginning + " is still being deleted"
                : beginning + " is marked as deleted but held by its finalizers " + holding
                        + "; it goes when whoever set them takes them away, or you do: kubectl edit "
                        + object.kind().toLowerCase(Locale.ROOT) + " " + object.name() + " -n "
                        + object.namespace();
    }
}
