package dev.shiplog.domain.rollout;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether users reach the pods of a layout: what its Services show of them, and which Service shows too little. */
record Reached(Rollout rollout, Observation observation) {

    /** A Service, and the Deployment whose pods it is to show. */
    private record Way(String service, String deployment) {}

    /** Whether the Services are there that are waited for. */
    boolean hasServices() {
        return Stream.concat(awaitedServices().stream(), sideServices().keySet().stream())
                .allMatch(name -> service(name).isPresent());
    }

    /** Whether requests go where they should: each awaited Service has ready endpoints of the serving side. */
    boolean serves() {
        return missing().isEmpty();
    }

    /** What there is to say once that has lasted for too long. */
    Trouble exceeded(Duration still) {
        var way = missing().orElseThrow();
        var ready = service(way.service()).map(Observation.Service::ready).orElseGet(TreeMap::new);
        int own = ready.getOrDefault(way.deployment(), 0);
        var others = ready.entrySet().stream()
                .filter(backend -> !backend.getKey().equals(way.deployment()) && backend.getValue() > 0)
                .map(backend -> " and " + backend.getValue() + " of "
                        + (backend.getKey().isEmpty() ? "no Deployment" : quoted(backend.getKey())))
                .collect(Collectors.joining());
        var assignment = rollout.assignment().orElseThrow();
        return new Trouble(
                Trouble.Kind.DEADLINE_EXCEEDED,
                "Service " + quoted(way.service()) + " in cluster " + assignment.cluster() + " has had " + own
                        + " ready endpoints of Deployment " + quoted(way.deployment()) + others + " for "
                        + still.toSeconds() + " s, though "
                        + (own == 0 ? "its pods are available" : "it is to have no others") + "; it selects "
                        + selection(way.service())
                        + "; see kubectl get endpointslices -n "
                        + assignment.application().namespace()
                        + " -l kubernetes.io/service-name=" + way.service() + ", then shiplog rollout "
                        + next(assignment));
    }

    private String selection(String name) {
        var selected = service(name).map(Observation.Service::selector).orElseGet(TreeMap::new);
        var written = rollout.objects().stream()
                .filter(object ->
                        object.kind().equals("Service") && object.name().equals(name))
                .findFirst()
                .map(Reached::selector)
                .filter(ours -> !ours.equals(selected));
        return words(selected)
                + written.map(ours -> ", where Shiplog has written " + words(ours))
                        .orElse("");
    }

    private static SequencedMap<String, String> selector(KubernetesObject service) {
        Json.Obj selector = service.json().object("spec").object("selector");
        var texts = new TreeMap<String, String>();
        selector.members().keySet().forEach(key -> selector.text(key).ifPresent(text -> texts.put(key, text)));
        return texts;
    }

    private static String words(Map<String, String> selector) {
        return selector.isEmpty()
                ? "nothing"
                : selector.entrySet().stream()
                        .map(label -> label.getKey() + ": " + label.getValue())
                        .collect(Collectors.joining(", "));
    }

    private String next(Assignment assignment) {
        var options = assignment.application().name() + " -n "
                + assignment.application().namespace();
        if (assignment.directions().aborting()) {
            return "abort " + options + " once more";
        }
        boolean isWayBack = rollout.good()
                .filter(good -> good.revision() != assignment.revision())
                .isPresent();
        return "retry " + options + (isWayBack ? ", or shiplog rollout abort " + options : "");
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }

    private Optional<Way> missing() {
        // Who goes back sends no requests by the sides any more.
        boolean isAborting = rollout.assignment().orElseThrow().directions().aborting();
        return users().filter(Predicate.not(this::isServing))
                .findFirst()
                .or(() -> isAborting
                        ? Optional.empty()
                        : sides().filter(this::isEmpty).findFirst());
    }

    /** Pods of a release that is wanted no longer stand as they are, ready or not. */
    private Stream<Way> users() {
        return rollout
                .layout()
                .serving()
                .filter(serving -> rollout.layout()
                        .side(serving)
                        .filter(side -> side.content() != Content.OTHER)
                        .isPresent())
                .stream()
                .flatMap(serving -> awaitedServices().stream().map(name -> new Way(name, nameOf(serving))));
    }

    private boolean isServing(Way way) {
        return service(way.service()).filter(service -> serves(way, service)).isPresent();
    }

    private boolean serves(Way way, Observation.Service service) {
        var serving = rollout.layout().serving().orElseThrow();
        var own = way.deployment();
        boolean hasOwn = service.ready().getOrDefault(own, 0) > 0;
        boolean hasOthers = service.ready().entrySet().stream()
                .anyMatch(backend -> !backend.getKey().equals(own) && backend.getValue() > 0);
        boolean isLeft = Advance.left(rollout).contains(serving);
        // A colour serves alone; back from one, the former pods may still be behind the Service for a while.
        return (hasOwn || wantsNone(own) || isLeft) && !(serving.isColour() && hasOthers);
    }

    /** A route sends requests to a side however few pods are behind its Service: there have to be some, unless users leave them. */
    private Stream<Way> sides() {
        return sideServices().entrySet().stream()
                .filter(side -> rollout.layout()
                        .side(side.getValue())
                        .filter(wanted -> wanted.pods() > 0)
                        .isPresent())
                .filter(side -> !Advance.left(rollout).contains(side.getValue()))
                .map(side -> new Way(side.getKey(), nameOf(side.getValue())));
    }

    private boolean isEmpty(Way way) {
        return !wantsNone(way.deployment())
                && service(way.service())
                        .filter(service -> service.ready().getOrDefault(way.deployment(), 0) > 0)
                        .isEmpty();
    }

    /** Where a release leaves its number of pods open, it is the cluster that says whether there are to be any. */
    private boolean wantsNone(String own) {
        return observation.workloads().stream()
                .anyMatch(workload -> workload.name().equals(own) && workload.desired() == 0);
    }

    /** Those by which users come to a colour, or back from one. Without colours the pods are all there is to wait for. */
    private List<String> awaitedServices() {
        boolean areAwaited = rollout.layout().serving().filter(Role::isColour).isPresent()
                || rollout.position().isSwitch();
        return areAwaited
                ? rollout.objects(rollout.assignment().orElseThrow()).activeServices(rollout.layout())
                : List.of();
    }

    private Map<String, Role> sideServices() {
        return rollout.objects(rollout.assignment().orElseThrow()).sideServices(rollout.layout());
    }

    private String nameOf(Role role) {
        return rollout.objects(rollout.assignment().orElseThrow()).nameOf(rollout.layout(), role);
    }

    private Optional<Observation.Service> service(String name) {
        return observation.services().stream()
                .filter(service -> service.name().equals(name))
                .findFirst();
    }
}
