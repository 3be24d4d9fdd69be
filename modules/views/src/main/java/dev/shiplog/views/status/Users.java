package dev.shiplog.views.status;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.views.history.Placement;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whose pods users get, by the Services that they come to. */
record Users(Placement placement, Sides sides) {

    /** What keeps users from the pods that are meant, and what to type; empty where nothing does, or nobody can see. */
    Optional<String> hindrance() {
        return sides.seen()
                .flatMap(ignored -> meant().keySet().stream()
                        .flatMap(name -> gone(name).or(() -> misled(name)).stream())
                        .findFirst());
    }

    /** A Service by which users came to the last good release, and that is gone or leads to nobody as somebody else has set it. */
    Optional<String> cutOff() {
        var former =
                placement.good().map(good -> good.front().services().keySet()).orElse(Set.of());
        return sides.seen()
                .flatMap(ignored -> meant().keySet().stream()
                        .filter(former::contains)
                        .flatMap(name -> gone(name)
                                .or(() -> seen(name)
                                        .filter(service -> service.ready().isEmpty())
                                        .flatMap(service -> misled(name)))
                                .stream())
                        .findFirst());
    }

    /** A Service that leads to the right pods, of which none is ready for it. */
    Optional<String> nobody() {
        boolean wantsNone = sides.present().stream().allMatch(workload -> workload.desired() == 0);
        return wantsNone
                ? Optional.empty()
                : meant().keySet().stream()
                        .flatMap(name -> seen(name).stream())
                        .filter(service -> service.ready().isEmpty())
                        .map(service -> "no ready pod is behind Service " + service.name() + ", which selects "
                                + words(service.selector()))
                        .findFirst();
    }

    /**
     * Pods that were to go and still get requests: {@code 1 of the 5 pods behind Service hello is still of deployment
     * "hello-canary"}.
     */
    Optional<String> strays() {
        return sides.activeServices().stream()
                .flatMap(service -> strays(service).stream())
                .findFirst();
    }

    private Optional<String> strays(Observation.Service service) {
        int all = service.ready().values().stream().mapToInt(Integer::intValue).sum();
        return service.ready().entrySet().stream()
                .filter(backend -> !backend.getKey().isEmpty() && !sides.isPresent(backend.getKey()))
                .map(backend -> backend.getValue() + " of the " + all + " pods behind Service " + service.name()
                        + (backend.getValue() == 1 ? " is" : " are") + " still of deployment \"" + backend.getKey()
                        + "\"")
                .findFirst();
    }

    private Optional<String> gone(String name) {
        return seen(name).isPresent()
                ? Optional.empty()
                : Optional.of("Service " + name + ", by which users come, "
                        + sides.neighbours()
                                .withService(name)
                                .map(taker -> taken(taker))
                                .orElseGet(() -> "is not there any more; " + again()));
    }

    /** Another colour alone is a {@link Drift}, which knows more to do. */
    private Optional<String> misled(String name) {
        var meant = meant().getOrDefault(name, Map.of());
        return seen(name)
                .filter(service -> service.mark().equals(placement.position().mark()))
                .filter(service -> !uncoloured(service.selector()).equals(uncoloured(meant)))
                .map(service -> "Service " + name + " selects " + words(service.selector()) + ", but Shiplog means "
                        + words(meant) + ": somebody else has changed it; " + back(service, meant) + " sets it back");
    }

    private Optional<Observation.Service> seen(String name) {
        return sides.seen().map(Observation::services).stream()
                .flatMap(services -> services.stream())
                .filter(service -> service.name().equals(name))
                .findFirst();
    }

    /** As the Services are while the layout stands; nothing where they are of a release that nobody knows any more. */
    private SortedMap<String, Map<String, String>> meant() {
        var services = new TreeMap<String, Map<String, String>>();
        boolean isWide = sides.layout().traffic().widened();
        var own = placement.wanted().declared().course().front().services(isWide);
        switch (sides.layout().shared()) {
            case NEW -> services.putAll(own);
            case GOOD -> {
                boolean hasNew =
                        sides.layout().sides().values().stream().anyMatch(side -> side.content() == Content.NEW);
                services.putAll(hasNew ? own : Map.of());
                placement.good().ifPresent(good -> services.putAll(good.front().services(isWide)));
            }
            case OTHER -> {}
        }
        services.keySet().removeIf(name -> !isActive(name));
        sides.meant().ifPresent(colour -> services.replaceAll((name, selector) -> coloured(selector, colour)));
        return services;
    }

    private boolean isActive(String name) {
        return !(placement.wanted().declared().course().strategy() instanceof Strategy.BlueGreen blueGreen)
                || (blueGreen.previewService().filter(name::equals).isEmpty()
                        && blueGreen.activeService().map(name::equals).orElse(true));
    }

    private static Map<String, String> coloured(Map<String, String> selector, Role colour) {
        var changed = new TreeMap<>(selector);
        changed.put(Role.COLOUR, colour.word());
        return changed;
    }

    private Map<String, String> uncoloured(Map<String, String> selector) {
        var changed = new TreeMap<>(selector);
        if (sides.meant().isPresent()) {
            changed.remove(Role.COLOUR);
        }
        return changed;
    }

    private String taken(ApplicationName taker) {
        return "belongs to the application " + taker
                + " now, which has taken it: users get what that one says; release "
                + placement.place().application().name()
                + " with a Service of another name, or take it back: shiplog apply -f FILE --force-conflicts";
    }

    /** What writes a Service again that is gone. */
    private String again() {
        return switch (placement.standing()) {
            case Target.Standing.Held ignored ->
                Sentences.command("rollout pause", placement) + " and then "
                        + Sentences.command("rollout resume", placement) + " write it again, and move no step";
            case Target.Standing.Aborted ignored
            when sides.meant().isEmpty() ->
                placement
                        .good()
                        .map(good -> Sentences.command("rollout undo", placement, "--to-revision " + good.revision())
                                + " writes it again")
                        .orElse("nothing is known to write it again");
            case Target.Standing ignored ->
                sides.meant()
                                .map(colour -> switchTo(colour))
                                .orElseGet(() -> Sentences.command("rollout restart", placement))
                        + " writes it again";
        };
    }

    /** Colours are set back by Shiplog, other labels where they were changed. */
    private String back(Observation.Service service, Map<String, String> meant) {
        return sides.meant()
                .map(this::switchTo)
                .orElseGet(() -> "kubectl patch service " + service.name() + " -n "
                        + placement.place().application().namespace() + " --type merge -p '{\"spec\":{\"selector\":{"
                        + patch(service.selector(), meant) + "}}}'");
    }

    private static String patch(Map<String, String> now, Map<String, String> meant) {
        var names = new TreeSet<>(now.keySet());
        names.addAll(meant.keySet());
        return names.stream()
                .filter(name -> !Optional.ofNullable(now.get(name)).equals(Optional.ofNullable(meant.get(name))))
                .map(name -> "\"" + name + "\":"
                        + Optional.ofNullable(meant.get(name))
                                .map(value -> "\"" + value + "\"")
                                .orElse("null"))
                .collect(Collectors.joining(","));
    }

    private String switchTo(Role colour) {
        return Sentences.command("switch", placement, "--to " + colour.word(), Drift.FORCE);
    }

    static String words(Map<String, String> selector) {
        var terms = new TreeMap<>(selector)
                .entrySet().stream()
                        .map(term -> term.getKey() + "=" + term.getValue())
                        .collect(Collectors.joining(","));
        return terms.isEmpty() ? "nothing" : terms;
    }
}
