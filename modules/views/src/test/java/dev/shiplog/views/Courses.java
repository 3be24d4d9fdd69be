package dev.shiplog.views;

import static dev.shiplog.views.OnSeoul.MARK;
import static dev.shiplog.views.OnSeoul.fresh;
import static dev.shiplog.views.OnSeoul.good;
import static dev.shiplog.views.OnSeoul.service;
import static dev.shiplog.views.Sightings.workload;

import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.Side;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.Observation.Workload;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.views.history.Placement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Canaries and colours of {@code default/hello} on seoul, at any step: revision 2 on its way, revision 1 serving there. */
final class Courses {

    static final Mark OLD = new Mark(3, 2);
    static final Layout CANARY = layout(Role.PLAIN, Role.PLAIN, good(3), Role.CANARY, fresh(1));
    static final Layout BESIDE = layout(Role.BLUE, Role.BLUE, good(3), Role.GREEN, fresh(3));

    private Courses() {}

    static AppView.OnCluster canaryHeld(Target.Standing held, boolean affinity) {
        return shown(
                placement(canaryStrategy(affinity), held, CANARY, 1),
                List.of(workload("hello", MARK, 1, 3), workload("hello-canary", MARK, 2, 1)),
                service(Map.of("app", "hello"), Map.of("hello", 3, "hello-canary", 1)));
    }

    /** Where no Service is given, all is well with it. */
    static AppView.OnCluster shown(Placement placement, List<Workload> workloads, Observation.Service... services) {
        return services.length > 0
                ? shownAlone(placement, workloads, services)
                : shownAlone(placement, workloads, whole(placement, workloads));
    }

    private static Observation.Service whole(Placement placement, List<Workload> workloads) {
        var colour = placement.position().layout().serving().filter(Role::isColour);
        var ready = new TreeMap<String, Integer>();
        workloads.stream()
                .filter(workload -> colour.map(role -> workload.name().endsWith(role.word()))
                        .orElse(true))
                .forEach(workload -> ready.put(workload.name(), workload.available()));
        return service(colour.map(role -> colour(role.word())).orElse(Map.of("app", "hello")), ready);
    }

    static AppView.OnCluster shownAlone(
            Placement placement, List<Workload> workloads, Observation.Service... services) {
        return seen(placement).shown(workloads, services);
    }

    static Map<String, String> colour(String word) {
        return Map.of("app", "hello", Role.COLOUR, word);
    }

    static Placement canary(Target.Standing standing, Layout layout, int step) {
        return placement(canaryStrategy(false), standing, layout, step);
    }

    static Strategy canaryStrategy(boolean affinity) {
        return OnSeoul.steps(
                Optional.of(Duration.ofMinutes(5)),
                affinity ? Optional.of(new Strategy.SessionAffinity(600)) : Optional.empty());
    }

    static Placement blueGreen(Target.Standing standing, Layout layout, int step) {
        var strategy = new Strategy.BlueGreen(
                Optional.empty(),
                Optional.empty(),
                new Strategy.AutoPromotion.Manual(),
                Optional.empty(),
                Strategy.CapacityCheck.ENFORCE,
                Optional.empty(),
                Optional.empty());
        return placement(strategy, standing, layout, step);
    }

    static Placement placement(Strategy strategy, Target.Standing standing, Layout layout, int step, String... more) {
        return OnSeoul.of(strategy, standing, layout, step, more).placement();
    }

    /** Revision 2 is the last good one. */
    static Placement.Good revision2() {
        return new Placement.Good(2, OnSeoul.front("hello:2"));
    }

    static Placement with(Placement placement, Placement.Good good) {
        return seen(placement).good(Optional.of(good)).placement();
    }

    static Placement passed(Placement held, int step) {
        var position = new Placement.Position(held.position().layout(), step, MARK, false);
        return new Placement(
                held.place(),
                held.labels(),
                held.wanted(),
                held.generation(),
                held.since(),
                held.carried(),
                position,
                held.good());
    }

    static Placement paused(Placement placement) {
        return seen(placement)
                .wanting(wanted ->
                        new Placement.Wanted(wanted.revision(), wanted.scale(), wanted.declared(), true, false, false))
                .placement();
    }

    static Placement with(Placement placement, Placement.Carried carried) {
        return seen(placement).carried(ignored -> carried).placement();
    }

    private static OnSeoul seen(Placement placement) {
        return new OnSeoul(placement, Duration.ofMinutes(1));
    }

    static Layout layout(Role serving, Role role, Side side) {
        return OnSeoul.layout(serving, Map.of(role, side));
    }

    static Layout layout(Role serving, Role one, Side first, Role other, Side second) {
        return OnSeoul.layout(serving, Map.of(one, first, other, second));
    }
}
