package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.application.Application;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.simulation.Violation.Promise;
import java.util.List;
import java.util.Optional;

/** That a command moves no cluster but those that its own words select, whatever the rules have read in them. */
final class OwnWords {

    private final World world;

    OwnWords(World world) {
        this.world = world;
    }

    /** The command's events have led from the one state to the other. */
    void moved(ApplicationName name, CommandId id, Application before, Application after) {
        var command = command(id);
        var selection = command.flatMap(OwnWords::selection);
        if (selection.isEmpty()) {
            return;
        }
        after.targets().forEach((cluster, target) -> {
            boolean isMoved = Optional.ofNullable(before.targets().get(cluster))
                    .filter(former -> former.generation() == target.generation())
                    .isEmpty();
            boolean isSelected = world.fleet()
                    .cluster(cluster)
                    .filter(selection.get()::selects)
                    .isPresent();
            if (isMoved && !isSelected) {
                throw new Violation(
                        Promise.NAMED_ONLY,
                        id + " moved " + name + " on " + cluster + ", which it doesn't select: " + command.get());
            }
        });
    }

    private Optional<ApplicationCommand> command(CommandId id) {
        return world.broker().values().stream()
                .flatMap(List::stream)
                .filter(incoming -> incoming.id().equals(id))
                .map(Intake.Incoming::command)
                .findFirst();
    }

    private static Optional<ClusterSelection> selection(ApplicationCommand command) {
        return switch (command) {
            case ApplicationCommand.Apply apply -> Optional.of(apply.spec().clusters());
            case ApplicationCommand.Scale scale -> Optional.of(scale.clusters());
            case ApplicationCommand.SetImage set -> Optional.of(set.clusters());
            case ApplicationCommand.Pause pause -> Optional.of(pause.clusters());
            case ApplicationCommand.Resume resume -> Optional.of(resume.clusters());
            case ApplicationCommand.Undo undo -> Optional.of(undo.clusters());
            case ApplicationCommand.Restart restart -> Optional.of(restart.clusters());
            case ApplicationCommand.Delete delete -> Optional.of(delete.clusters());
            case ApplicationCommand.Promote promote -> Optional.of(promote.clusters());
            case ApplicationCommand.Abort abort -> Optional.of(abort.clusters());
            case ApplicationCommand.Retry retry -> Optional.of(retry.clusters());
            case ApplicationCommand.Switch swap -> Optional.of(swap.clusters());
            case ApplicationCommand.Report ignored -> Optional.empty();
        };
    }
}
