package dev.shiplog.views.status;

import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.Shares;
import dev.shiplog.domain.course.StrategyWords;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.views.history.Placement;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which step a rollout is in, and the canary's share there. */
final class Steps {

    private static final int ALL = 100;

    private Steps() {}

    /** Where there is nothing beside what serves, and nobody waits, there is no step to be in. */
    static Optional<AppView.Step> step(Placement placement) {
        var strategy = placement.wanted().declared().course().strategy();
        int of = StrategyWords.steps(strategy);
        boolean over = switch (placement.standing()) {
            case Target.Standing.Owed ignored -> false;
            case Target.Standing.Held ignored -> false;
            case Target.Standing.Failed ignored -> false;
            case Target.Standing.Completed ignored -> true;
            case Target.Standing.Aborted ignored -> true;
        };
        // Of another release's canary nothing is promoted: the steps are skipped.
        var layout = placement.position().layout();
        boolean isForeign = layout.side(Role.CANARY)
                .filter(side -> side.content() == Content.OTHER)
                .isPresent();
        boolean alone =
                (layout.sides().size() < 2 || isForeign) && !(placement.standing() instanceof Target.Standing.Held);
        if (of == 0 || over || alone || placement.wanted().aborting()) {
            return Optional.empty();
        }
        int step = placement.standing() instanceof Target.Standing.Held held
                ? held.step()
                : placement.position().step();
        return Optional.of(new AppView.Step(Math.min(step + 1, of), of, StrategyWords.stepName(strategy, step)));
    }

    /** As long as there is a canary of this release; where an HTTPRoute says it, that is what is. */
    static Optional<AppView.Weight> weight(Sides sides) {
        var placement = sides.placement();
        if (!(placement.wanted().declared().course().strategy() instanceof Strategy.Canary canary)
                || !sides.hasCanary()) {
            return Optional.empty();
        }
        var byRoute = placement.position().layout().traffic().weight();
        if (byRoute.isPresent()) {
            return Optional.of(new AppView.Weight(wanted(placement, canary).orElse(null), byRoute.get(), "requests"));
        }
        if (placement.wanted().declared().course().services().isEmpty()) {
            return Optional.of(new AppView.Weight(
                    wantedOfPods(sides, canary).orElse(null), ofPods(sides).orElse(null), "pods"));
        }
        return Optional.of(new AppView.Weight(
                wantedOfPods(sides, canary).orElse(null),
                actual(sides).orElse(null),
                canary.sessionAffinity().isPresent() ? "clients" : null));
    }

    /** A step that asks for a number of pods asks for their share: of 2 beside 3 that is 40 %. */
    private static Optional<Integer> wantedOfPods(Sides sides, Strategy.Canary canary) {
        var placement = sides.placement();
        boolean moves = placement.wanted().aborting()
                || isPromoting(placement.position().layout());
        int reached = Math.min(placement.position().step() + 1, canary.steps().size());
        boolean isCounted = canary.steps().subList(0, reached).stream()
                .filter(step -> !(step instanceof CanaryStep.Pause))
                .reduce((earlier, later) -> later)
                .filter(CanaryStep.SetCanaryScale.class::isInstance)
                .isPresent();
        int fresh = sides.wantedPods(Role.CANARY);
        int all = fresh + sides.wantedPods(Role.PLAIN);
        return isCounted && !moves && all > 0
                ? Optional.of(Math.round((float) ALL * fresh / all))
                : wanted(placement, canary);
    }

    private static Optional<Integer> wanted(Placement placement, Strategy.Canary canary) {
        if (placement.wanted().aborting()) {
            return Optional.of(0);
        }
        return isPromoting(placement.position().layout())
                ? Optional.of(ALL)
                : Shares.weight(canary, placement.position().step());
    }

    private static boolean isPromoting(Layout layout) {
        return layout.side(Role.PLAIN)
                .filter(side -> side.content() == Content.NEW)
                .isPresent();
    }

    /**
     * Ready endpoints of the new release among all that the Service has, in per cent: the one named as the application, or
     * else the one whose users get the fewest of it. While it rolls into stable, that
     * has of both: of 4 ready pods of which 1 is not updated, 3 are new.
     */
    private static Optional<Integer> actual(Sides sides) {
        var shares = shares(sides);
        var named = sides.placement().place().application().name();
        return Optional.ofNullable(shares.get(named))
                .or(() -> shares.values().stream().min(Comparator.naturalOrder()));
    }

    /** By Service; several that don't agree are told one by one. */
    static SortedMap<String, Integer> shares(Sides sides) {
        var shares = new TreeMap<String, Integer>();
        sides.activeServices().forEach(service -> shares.put(service.name(), share(sides, service)));
        return shares;
    }

    private static int share(Sides sides, Observation.Service service) {
        return share(sides, service.ready());
    }

    /** Where nobody comes by a Service: of the pods that are available. */
    private static Optional<Integer> ofPods(Sides sides) {
        var available = new TreeMap<String, Integer>();
        sides.present().forEach(workload -> available.put(workload.name(), workload.available()));
        return sides.workload(Role.CANARY).map(ignored -> share(sides, available));
    }

    private static int share(Sides sides, Map<String, Integer> ready) {
        var course = sides.placement().wanted().declared().course();
        int all = 0;
        int fresh = 0;
        for (var backend : ready.entrySet()) {
            all += backend.getValue();
            var role = course.roleOf(backend.getKey());
            if (role.filter(Role.CANARY::equals).isPresent()) {
                fresh += backend.getValue();
            } else if (role.isPresent() && isPromoting(sides.layout())) {
                int old = sides.workload(role.get())
                        .map(workload ->
                                workload.revision() < sides.placement().wanted().revision()
                                        ? workload.current()
                                        : workload.current() - workload.updated())
                        .orElse(0);
                fresh += Math.max(0, backend.getValue() - old);
            }
        }
        return all == 0 ? 0 : Math.round((float) ALL * fresh / all);
    }

    /** @return {@code step 2 of 4 (pause: 5m)}; after the last one {@code promotion} */
    static String words(AppView.Step step) {
        return step.name().equals("promotion")
                ? step.name()
                : "step " + step.index() + " of " + step.of() + " (" + step.name() + ")";
    }

    static int available(Optional<Observation.Workload> workload) {
        return workload.map(Observation.Workload::available).orElse(0);
    }
}
