package dev.shiplog.views.status;

import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.views.history.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a Service selects another colour than the one that serves by our own doing: reported, never overwritten blindly.
 * Told are only commands that settle it as things stand.
 */
record Drift(Placement placement, Sides sides, Role meant, Observation.Service service) {

    static final String FORCE = "--force-conflicts";

    /**
     * Empty where there is none, or nobody can see. What has not been written as the layout says, or was written as a later
     * one says, that is our own doing; but a writing that has failed doesn't come any more.
     */
    static Optional<Drift> of(Placement placement, Sides sides) {
        return sides.meant()
                .flatMap(meant -> sides.activeServices().stream()
                        .filter(service ->
                                isWritten(placement, service) || placement.standing() instanceof Target.Standing.Failed)
                        .filter(service ->
                                !meant.word().equals(service.selector().get(Role.COLOUR)))
                        .findFirst()
                        .map(service -> new Drift(placement, sides, meant, service)));
    }

    /** What is, and what to type. */
    String sentence() {
        return fact() + "; " + String.join(", ", remedies());
    }

    /** {@code Service hello selects green, but Shiplog means blue: somebody else has changed it}. */
    String fact() {
        return "Service " + service.name() + " selects "
                + selected().map(Role::word).orElse("no colour of its own") + ", but Shiplog means " + meant.word()
                + (isWritten(placement, service) ? ": somebody else has changed it" : "");
    }

    private static boolean isWritten(Placement placement, Observation.Service service) {
        return service.mark().equals(placement.position().mark());
    }

    /** While it is on its way it may have been written a moment ago, so that nobody can know yet. */
    String whileUnderWay() {
        boolean isNew = sides.layout()
                .side(meant)
                .filter(side -> side.content() == Content.NEW)
                .isPresent();
        return "Service " + service.name() + " selects "
                + selected().map(Role::word).orElse("no colour of its own") + ", not " + meant.word()
                + "; if that stays, somebody else has changed it"
                + (isNew ? ": " + switchTo(meant) + " sets it back" : "");
    }

    private Optional<Role> selected() {
        return Optional.ofNullable(service.selector().get(Role.COLOUR)).flatMap(Role::ofWord);
    }

    private List<String> remedies() {
        var remedies = new ArrayList<String>();
        remedies.add(switchTo(meant) + " sets it back");
        selected()
                .filter(Role::isColour)
                .filter(colour -> sides.workload(colour)
                        .filter(workload -> workload.available() > 0)
                        .isPresent())
                .flatMap(this::keeping)
                .ifPresent(remedies::add);
        return remedies;
    }

    /** How that which the cluster has becomes what is meant. */
    private Optional<String> keeping(Role colour) {
        return switch (placement.standing()) {
            case Target.Standing.Held held ->
                held.preview().filter(colour::equals).map(ignored -> switchTo(colour) + " promotes it");
            case Target.Standing.Completed ignored ->
                Optional.of(switchTo(colour) + " keeps " + colour.word() + " (users come to " + meant.word()
                        + " for a moment until that stands)");
            case Target.Standing.Owed ignored -> Optional.empty();
            case Target.Standing.Aborted ignored -> Optional.empty();
            case Target.Standing.Failed ignored -> Optional.empty();
        };
    }

    private String switchTo(Role colour) {
        return Sentences.command("switch", placement, "--to " + colour.word(), FORCE);
    }

    /** What settles it where a release has failed. */
    String afterFailure(boolean canAbort) {
        return (canAbort
                        ? Sentences.command("rollout abort", placement, FORCE) + " sets it back and takes the release"
                                + " back, "
                        : "")
                + Sentences.command("rollout retry", placement, FORCE) + " goes on in spite of it";
    }
}
