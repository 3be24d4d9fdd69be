package dev.shiplog.views.status;

import dev.shiplog.domain.course.LayoutObjects;
import dev.shiplog.domain.course.Role;
import dev.shiplog.views.history.Placement;
import java.util.Optional;

/** Where a Service selects another colour than the one that was switched to: reported, never overwritten blindly. */
final class Drift {

    private Drift() {}

    /** In a sentence; empty where there is none, or nobody can see. */
    static Optional<String> of(Placement placement, Sides sides) {
        return sides.meant()
                .flatMap(meant -> sides.activeServices().stream()
                        .filter(service ->
                                !meant.word().equals(service.selector().get(LayoutObjects.COLOUR)))
                        .findFirst()
                        .map(service -> sentence(
                                placement,
                                service.name(),
                                Optional.ofNullable(service.selector().get(LayoutObjects.COLOUR)),
                                meant)));
    }

    private static String sentence(Placement placement, String service, Optional<String> selected, Role meant) {
        return "Service " + service + " selects " + selected.orElse("no colour") + ", but " + meant.word()
                + " is what was switched to here: somebody else has changed it; "
                + selected.flatMap(Role::ofWord)
                        .map(role -> Sentences.command("switch", placement, "--to " + role.word()) + " makes "
                                + role.word() + " the one that is meant, or give the Service its selector back")
                        .orElse("give the Service its selector back");
    }
}
