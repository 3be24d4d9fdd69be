package dev.shiplog.views.status;

import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.Side;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.views.history.Placement;
import java.util.List;
import java.util.Optional;

/**
 * The parts that Deployments play on one cluster, as the history has it and as the cluster shows it. What the present
 * layout has no place for (a colour that is kept for a while, what an earlier release has left) is no part of it.
 */
record Sides(Placement placement, Optional<Observation> seen, Neighbours neighbours) {

    Layout layout() {
        return placement.position().layout();
    }

    private Placement.Course course() {
        return placement.wanted().declared().course();
    }

    /** The workloads that the rollout is about. */
    List<Observation.Workload> present() {
        return seen.map(Observation::workloads).orElse(List.of()).stream()
                .filter(workload -> isPresent(workload.name()))
                .toList();
    }

    /** The name of a Deployment that the layout has and the cluster does not show. */
    Optional<String> absent() {
        return layout().sides().entrySet().stream()
                .filter(side -> side.getValue().content() != Content.OTHER)
                .map(side -> side.getKey())
                .filter(role -> !course().workload().isEmpty() && workload(role).isEmpty())
                .map(role -> role.nameOf(course().workload()))
                .findFirst();
    }

    boolean isPresent(String workload) {
        return layout().sides().isEmpty()
                || course().roleOf(workload)
                        .map(role -> layout().side(role)
                                .filter(side -> side.content() != Content.OTHER)
                                .isPresent())
                        .orElse(true);
    }

    /** Whether a Deployment of this name is the application's, of whatever release. */
    boolean isOwn(String workload) {
        return course().roleOf(workload).isPresent()
                || course().others().contains(workload)
                || seen.map(Observation::workloads).orElse(List.of()).stream()
                        .anyMatch(own -> own.name().equals(workload));
    }

    Optional<Observation.Workload> workload(Role role) {
        return seen.map(Observation::workloads).orElse(List.of()).stream()
                .filter(workload -> workload.name().equals(role.nameOf(course().workload())))
                .findFirst();
    }

    boolean hasCanary() {
        return layout().side(Role.CANARY)
                .filter(side -> side.content() == Content.NEW)
                .isPresent();
    }

    /** The colour that users come to: as the Services show, or else as the history says. */
    Optional<Role> active() {
        return shown().or(this::meant);
    }

    /** The colour that serves by our own doing. */
    Optional<Role> meant() {
        return layout().serving().filter(Role::isColour);
    }

    private Optional<Role> shown() {
        return meant().isEmpty()
                ? Optional.empty()
                : activeServices().stream()
                        .flatMap(service ->
                                Optional.ofNullable(service.selector().get(Role.COLOUR)).stream())
                        .flatMap(word -> Role.ofWord(word).stream())
                        .findFirst();
    }

    /** The colour that is there to be looked at before users come to it. */
    Optional<Role> preview() {
        return meant().map(Role::otherColour)
                .filter(role -> layout().side(role)
                        .filter(side -> side.content() == Content.NEW)
                        .isPresent())
                .filter(role -> seen.isEmpty() || workload(role).isPresent());
    }

    List<Observation.Service> activeServices() {
        return seen.map(Observation::services).orElse(List.of()).stream()
                .filter(service -> course().services().contains(service.name()))
                .toList();
    }

    /** How the part that a workload plays is called; empty where it is the only one. */
    Optional<String> tag(String workload) {
        return course().roleOf(workload).flatMap(role -> {
            if (role.isColour()) {
                return Optional.of(
                        active().filter(role::equals).isPresent() ? "active" : isNew(role) ? "preview" : "kept");
            }
            if (role == Role.CANARY) {
                return Optional.of(isPresent(workload) ? "canary" : "kept");
            }
            return course().strategy() instanceof Strategy.Canary
                            || layout().sides().size() > 1
                    ? Optional.of("stable")
                    : Optional.empty();
        });
    }

    private boolean isNew(Role role) {
        return layout().side(role).filter(side -> side.content() == Content.NEW).isPresent();
    }

    /** The pods that a side is to have. */
    int wantedPods(Role role) {
        return layout().side(role).map(Side::pods).orElse(0);
    }

    /** Whether the release is on its way, and neither done nor given up. */
    boolean isUnderWay() {
        return placement.standing() instanceof Target.Standing.Owed
                || placement.standing() instanceof Target.Standing.Held;
    }
}
