package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.course.Backends;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.simulation.Violation.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The promises about HTTPRoutes, whose weights send requests wherever they say, pods or no pods. */
final class RouteChecks {

    /** Applications whose requests have all found ready pods. */
    private final Set<String> answered = new HashSet<>();

    /** Ready pods of the stable side that are to stay, as many as there were last. */
    private final Map<String, Integer> stable = new HashMap<>();

    /** Applications on a cluster that has been wiped, whose rollouts don't know it yet and go on as if pods were there. */
    private final Set<String> unknowing = new HashSet<>();

    /** Written by a late request into a route that its owner had just brought back, without the notes that fence it. */
    private final Set<String> late = new HashSet<>();

    /** Where a late request has created the application's own route, which was gone with a wiped cluster. */
    private final Set<String> ownLate = new HashSet<>();

    /** An application has changed the shared route. */
    void written(SimulatedCluster cluster, ApplicationName name, SharedRoute.Read present, Mark mark, boolean isLate) {
        if (present.note().mark().compareTo(mark) > 0) {
            throw new Violation(
                    Promise.FENCE,
                    SharedRoute.KEY + " on " + cluster + " went from "
                            + present.note().mark() + " back to " + mark + " for " + name);
        }
        boolean isUnfenced = present.note().equals(SharedRoute.Note.NONE);
        if (isUnfenced || !isLate) {
            written(late, place(cluster, name), isLate);
        }
    }

    /** A route of the application's own, which was not there, or which is written by somebody who knows the latest. */
    void ownWritten(SimulatedCluster cluster, ApplicationName name, boolean isLate) {
        written(ownLate, place(cluster, name), isLate);
    }

    private static void written(Set<String> late, String place, boolean isLate) {
        if (isLate) {
            late.add(place);
        } else {
            late.remove(place);
        }
    }

    /**
     * Whoever sends requests by a route finds a ready pod wherever they are sent, once that was so.
     *
     * @param objects of the release, and what else is to be there
     * @param ready pods behind the Services that Shiplog has made, and those of the release that select what they should
     * @param hasMeant whether some of them are those that the release has a place for
     */
    void serves(
            SimulatedCluster cluster,
            ApplicationName name,
            List<KubernetesObject> objects,
            int floor,
            Map<String, Integer> ready,
            Predicate<String> hasMeant) {
        var place = place(cluster, name);
        var used = used(cluster, name, objects).stream()
                .filter(service -> isOfOneSide(name, service) || ready.containsKey(service))
                .toList();
        boolean isAnswered = !used.isEmpty()
                && !unknowing.contains(place)
                && used.stream().allMatch(service -> ready.getOrDefault(service, 0) > 0);
        if (!used.isEmpty() && !isAnswered && floor > 0 && answered.contains(place) && !isLate(place)) {
            throw new Violation(
                    Promise.SERVING,
                    "a route on " + cluster + " sends requests of " + name + " to " + used + ", ready are " + ready);
        }
        if (isAnswered && used.stream().allMatch(hasMeant)) {
            answered.add(place);
        } else {
            answered.remove(place);
        }
        staysWithinItsShare(cluster, name, objects, floor, ready);
    }

    /**
     * Stable pods go when they don't get their requests any more: none that stays gets more of them than it would get if all
     * requests went to as few as are promised. Of how many pods a canary has its users are the judges.
     */
    private void staysWithinItsShare(
            SimulatedCluster cluster,
            ApplicationName name,
            List<KubernetesObject> objects,
            int floor,
            Map<String, Integer> ready) {
        var place = place(cluster, name);
        var service = Backends.nameOf(name.name(), Role.PLAIN);
        int now = ready.getOrDefault(service, 0);
        int before = stable.getOrDefault(place, 0);
        boolean isPromised = floor > 0 && !unknowing.contains(place) && !isLate(place);
        if (isPromised && now < before) {
            int share = share(cluster, name, objects, service);
            // Shares are whole per cents, and come down to whole pods: to the nearest.
            boolean isTooMuch = share * floor > 100 * now + 50 + floor;
            boolean wasTooMuch = share * floor > 100 * before + 50 + floor;
            if (isTooMuch && !wasTooMuch) {
                throw new Violation(
                        Promise.SERVING,
                        "a route on " + cluster + " sends " + share + " % of the requests of " + name + " to " + now
                                + " stable pods, which were " + before + "; " + floor
                                + " are promised for all of them");
            }
        }
        stable.put(place, now);
    }

    /** The greatest share of a rule's requests that goes to the Service, in per cent. */
    private static int share(
            SimulatedCluster cluster, ApplicationName name, List<KubernetesObject> objects, String service) {
        return routes(cluster, name, objects)
                .flatMap(route -> objects(route.object("spec"), "rules"))
                .mapToInt(rule -> {
                    int all = objects(rule, "backendRefs")
                            .mapToInt(RouteChecks::weight)
                            .sum();
                    int own = objects(rule, "backendRefs")
                            .filter(reference -> reference
                                    .text("name")
                                    .filter(service::equals)
                                    .isPresent())
                            .mapToInt(RouteChecks::weight)
                            .sum();
                    return all == 0 ? 0 : 100 * own / all;
                })
                .max()
                .orElse(0);
    }

    private static int weight(Json.Obj reference) {
        return reference.number("weight").orElse(1);
    }

    private boolean isLate(String place) {
        return late.contains(place) || ownLate.contains(place);
    }

    void forget(SimulatedCluster cluster, ApplicationName name) {
        answered.remove(place(cluster, name));
        stable.remove(place(cluster, name));
    }

    void wiped(SimulatedCluster cluster, ApplicationName name) {
        forget(cluster, name);
        ownLate.remove(place(cluster, name));
        unknowing.add(place(cluster, name));
    }

    /** What is written from now on has seen what there is. */
    void noted(SimulatedCluster cluster, ApplicationName name) {
        unknowing.remove(place(cluster, name));
    }

    /** Whether the shared route is as its owner wrote it, as far as the application goes. */
    boolean isWhole(SimulatedCluster cluster, ApplicationName name) {
        var sides = sides(name);
        return late.contains(place(cluster, name))
                || cluster.route().flatMap(SharedRoute::json).stream()
                        .flatMap(RouteChecks::references)
                        .noneMatch(reference ->
                                reference.text("name").filter(sides::contains).isPresent());
    }

    /** The Services of the application to which requests are sent. */
    private static List<String> used(SimulatedCluster cluster, ApplicationName name, List<KubernetesObject> objects) {
        var names = new ArrayList<>(sides(name));
        names.add(name.name());
        return routes(cluster, name, objects)
                .flatMap(RouteChecks::references)
                .filter(reference -> weight(reference) > 0)
                .flatMap(reference -> reference.text("name").stream())
                .filter(names::contains)
                .distinct()
                .toList();
    }

    /** Those of the release, and the one that all share. */
    private static Stream<Json.Obj> routes(
            SimulatedCluster cluster, ApplicationName name, List<KubernetesObject> objects) {
        var wanted = objects.stream().map(KubernetesObject::key).toList();
        var own = cluster.of(name).stream()
                .map(object -> object.written)
                .filter(object -> object.kind().equals(Backends.KIND) && wanted.contains(object.key()))
                .map(object -> object.json());
        return Stream.concat(own, cluster.route().flatMap(SharedRoute::json).stream());
    }

    /** Whether the Service has the pods of one side alone: it is promised some, and no number of them. */
    static boolean isOfOneSide(ApplicationName name, String service) {
        return sides(name).contains(service);
    }

    private static List<String> sides(ApplicationName name) {
        return List.of(Backends.nameOf(name.name(), Role.PLAIN), Backends.nameOf(name.name(), Role.CANARY));
    }

    private static Stream<Json.Obj> references(Json.Obj route) {
        return objects(route.object("spec"), "rules").flatMap(rule -> objects(rule, "backendRefs"));
    }

    private static Stream<Json.Obj> objects(Json.Obj object, String member) {
        return object.list(member).stream().filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast);
    }

    private static String place(SimulatedCluster cluster, ApplicationName name) {
        return cluster + " " + name + " ";
    }
}
