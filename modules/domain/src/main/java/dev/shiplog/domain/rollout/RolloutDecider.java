package dev.shiplog.domain.rollout;

import dev.shiplog.domain.Asked;
import dev.shiplog.domain.Decider;
import dev.shiplog.domain.Decision;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.ApplicationCommand.Report;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.RolloutCommand.Assign;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmApplied;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmDeleted;
import dev.shiplog.domain.rollout.RolloutCommand.MeetTrouble;
import dev.shiplog.domain.rollout.RolloutCommand.Observe;
import dev.shiplog.domain.rollout.RolloutEvent.Applied;
import dev.shiplog.domain.rollout.RolloutEvent.Assigned;
import dev.shiplog.domain.rollout.RolloutEvent.Completed;
import dev.shiplog.domain.rollout.RolloutEvent.Failed;
import dev.shiplog.domain.rollout.RolloutEvent.Hindered;
import dev.shiplog.domain.rollout.RolloutEvent.Pruned;
import dev.shiplog.domain.rollout.RolloutEvent.Removed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules of a rollout.
 *
 * <pre>
 *            Assigned              Applied            Completed
 *   (any) ─────────────▶ Applying ─────────▶ Rolling ───────────▶ Completed (then Pruned)
 *     │                   │  ▲ Hindered          │ Failed
 *     │                   └──┘                   ▼
 *     │                   └────── Failed ────▶ Failed
 *     │  Assigned (removing)              Removed
 *     └─────────────▶ Removing ───────────────────▶ Removed
 * </pre>
 *
 * <p>What was seen before the last object was written says nothing about it: it may be of objects that are gone.
 *
 * <p>A workload that vanishes while the rollout waits for it is written again: the same assignment, assigned once more.
 *
 * <p>An assignment of a lower generation is out of date and changes nothing; one of the present generation is a question
 * how it ended. What is reported about any other generation than the present one changes nothing.
 */
public final class RolloutDecider implements Decider<RolloutCommand, RolloutEvent, Rollout, RolloutTask> {

    /**
     * For so long after writing, absence and an exceeded deadline say nothing: watches lag behind, and a controller that
     * has seen the new spec may show the condition of the old one first (recording 06-bad-image-first).
     */
    static final Duration SETTLING = Duration.ofSeconds(10);

    @Override
    public Rollout initial() {
        return Rollout.NONE;
    }

    @Override
    public Decision<RolloutEvent> decide(Rollout rollout, Asked<RolloutCommand> asked) {
        return switch (asked.command()) {
            case Assign assign -> assign(rollout, assign);
            case ConfirmApplied applied -> confirmApplied(rollout, applied);
            case ConfirmDeleted deleted -> confirmDeleted(rollout, deleted);
            case MeetTrouble met -> meetTrouble(rollout, met);
            case Observe observe -> observe(rollout, observe.observation(), asked.at());
        };
    }

    private static Decision<RolloutEvent> assign(Rollout rollout, Assign assign) {
        return assign.assignment().generation() > rollout.generation()
                ? Decision.accepted(new Assigned(assign.assignment()))
                : Decision.accepted();
    }

    private static Decision<RolloutEvent> confirmApplied(Rollout rollout, ConfirmApplied applied) {
        boolean expected =
                rollout.stage() instanceof Rollout.Stage.Applying && applied.generation() == rollout.generation();
        if (!expected) {
            return Decision.accepted();
        }
        var assignment = rollout.assignment().orElseThrow();
        boolean nothingToWaitFor = assignment.objects().stream().noneMatch(KubernetesObject::isWorkload);
        return nothingToWaitFor
                ? Decision.accepted(
                        new Applied(applied.generation()), new Completed(applied.generation(), assignment.revision()))
                : Decision.accepted(new Applied(applied.generation()));
    }

    private static Decision<RolloutEvent> confirmDeleted(Rollout rollout, ConfirmDeleted deleted) {
        if (deleted.generation() != rollout.generation()) {
            return Decision.accepted();
        }
        var events = new ArrayList<RolloutEvent>();
        var gone = new LinkedHashSet<>(deleted.objects());
        gone.retainAll(rollout.leftovers());
        if (!gone.isEmpty()) {
            events.add(new Pruned(deleted.generation(), gone));
        }
        if (rollout.stage() instanceof Rollout.Stage.Removing && gone.equals(rollout.leftovers())) {
            events.add(new Removed(deleted.generation()));
        }
        return new Decision.Accepted<>(events);
    }

    private static Decision<RolloutEvent> meetTrouble(Rollout rollout, MeetTrouble met) {
        if (met.generation() != rollout.generation()) {
            return Decision.accepted();
        }
        return switch (rollout.stage()) {
            case Rollout.Stage.Applying applying -> hindered(rollout, met.trouble(), applying.hindrance());
            case Rollout.Stage.Removing removing -> hindered(rollout, met.trouble(), removing.hindrance());
            case Rollout.Stage.Idle ignored -> Decision.accepted();
            case Rollout.Stage.Rolling ignored -> Decision.accepted();
            case Rollout.Stage.Completed completed -> {
                boolean known =
                        rollout.leftovers().isEmpty() || completed.hindrance().isPresent();
                yield known ? Decision.accepted() : Decision.accepted(new Hindered(met.generation(), met.trouble()));
            }
            case Rollout.Stage.Failed ignored -> Decision.accepted();
            case Rollout.Stage.Removed ignored -> Decision.accepted();
        };
    }

    /** The same trouble again is no news: a cluster that is away for a day is one event, not one a minute. */
    private static Decision<RolloutEvent> hindered(Rollout rollout, Trouble trouble, Optional<Trouble> before) {
        if (!trouble.kind().isPassing()) {
            return failed(rollout, trouble);
        }
        boolean known =
                before.filter(hindrance -> hindrance.kind() == trouble.kind()).isPresent();
        return known ? Decision.accepted() : Decision.accepted(new Hindered(rollout.generation(), trouble));
    }

    private static Decision<RolloutEvent> observe(Rollout rollout, Observation observation, Instant now) {
        if (!(rollout.stage() instanceof Rollout.Stage.Rolling rolling)
                || observation.at().isBefore(rolling.since())) {
            return Decision.accepted();
        }
        if (observation.generation() > rollout.generation()) {
            return failed(rollout, outrun(rollout, observation));
        }
        boolean settled = !now.isBefore(rolling.since().plus(SETTLING));
        var assignment = rollout.assignment().orElseThrow();
        if (!shows(observation, assignment)) {
            return settled ? Decision.accepted(new Assigned(assignment)) : Decision.accepted();
        }
        if (observation.generation() != rollout.generation()) {
            return Decision.accepted();
        }
        return switch (Progress.of(observation)) {
            case Progress.Done ignored -> Decision.accepted(new Completed(rollout.generation(), revision(rollout)));
            case Progress.Failed failed -> settled ? failed(rollout, failed.trouble()) : Decision.accepted();
            case Progress.Waiting ignored -> Decision.accepted();
        };
    }

    private static Decision<RolloutEvent> failed(Rollout rollout, Trouble trouble) {
        return Decision.accepted(new Failed(rollout.generation(), revision(rollout), trouble));
    }

    private static Trouble outrun(Rollout rollout, Observation observation) {
        return new Trouble(
                Trouble.Kind.OUTRUN,
                "the cluster carries generation " + observation.generation() + ", this is " + rollout.generation()
                        + ": somebody else writes to it");
    }

    private static boolean shows(Observation observation, Assignment assignment) {
        var seen =
                observation.workloads().stream().map(Observation.Workload::name).collect(Collectors.toSet());
        return assignment.objects().stream()
                .filter(KubernetesObject::isWorkload)
                .allMatch(workload -> seen.contains(workload.name()));
    }

    private static int revision(Rollout rollout) {
        return rollout.assignment().map(Assignment::revision).orElse(0);
    }

    @Override
    public Rollout evolve(Rollout rollout, Recorded<RolloutEvent> recorded) {
        return switch (recorded.event()) {
            case Assigned assigned -> {
                var written = new LinkedHashSet<>(rollout.written());
                assigned.assignment().objects().forEach(object -> written.add(object.key()));
                yield new Rollout(
                        Optional.of(assigned.assignment()),
                        assigned.assignment().removing()
                                ? new Rollout.Stage.Removing(Optional.empty())
                                : new Rollout.Stage.Applying(Optional.empty()),
                        written);
            }
            case Applied ignored -> rollout.at(new Rollout.Stage.Rolling(recorded.at()));
            case Hindered hindered -> rollout.at(hindered(rollout.stage(), Optional.of(hindered.trouble())));
            case Completed ignored -> rollout.at(new Rollout.Stage.Completed(Optional.empty()));
            case Failed failed -> rollout.at(new Rollout.Stage.Failed(failed.trouble()));
            case Pruned pruned -> {
                Set<ObjectKey> rest = new LinkedHashSet<>(rollout.written());
                rest.removeAll(pruned.objects());
                yield new Rollout(rollout.assignment(), rollout.stage(), rest);
            }
            case Removed ignored -> rollout.at(new Rollout.Stage.Removed());
        };
    }

    private static Rollout.Stage hindered(Rollout.Stage stage, Optional<Trouble> hindrance) {
        return switch (stage) {
            case Rollout.Stage.Applying ignored -> new Rollout.Stage.Applying(hindrance);
            case Rollout.Stage.Removing ignored -> new Rollout.Stage.Removing(hindrance);
            case Rollout.Stage.Completed ignored -> new Rollout.Stage.Completed(hindrance);
            case Rollout.Stage.Idle idle -> idle;
            case Rollout.Stage.Rolling rolling -> rolling;
            case Rollout.Stage.Failed failed -> failed;
            case Rollout.Stage.Removed removed -> removed;
        };
    }

    @Override
    public List<RolloutTask> outstanding(Rollout rollout) {
        return rollout.assignment()
                .map(assignment -> outstanding(rollout, assignment))
                .orElse(List.of());
    }

    private static List<RolloutTask> outstanding(Rollout rollout, Assignment assignment) {
        return switch (rollout.stage()) {
            case Rollout.Stage.Idle ignored -> List.of();
            case Rollout.Stage.Applying ignored -> List.of(new RolloutTask.Apply(assignment));
            case Rollout.Stage.Rolling ignored ->
                List.of(new RolloutTask.Watch(assignment.application(), assignment.cluster(), assignment.generation()));
            case Rollout.Stage.Removing ignored -> List.of(delete(assignment, rollout.leftovers()));
            case Rollout.Stage.Completed completed -> {
                var tasks = new ArrayList<RolloutTask>();
                boolean cleaned = rollout.leftovers().isEmpty();
                if (!cleaned) {
                    tasks.add(delete(assignment, rollout.leftovers()));
                }
                if (cleaned || completed.hindrance().isPresent()) {
                    tasks.add(tell(assignment, new Result.Completed()));
                }
                yield List.copyOf(tasks);
            }
            case Rollout.Stage.Failed failed -> List.of(tell(assignment, new Result.Failed(failed.trouble())));
            case Rollout.Stage.Removed ignored -> List.of(tell(assignment, new Result.Removed()));
        };
    }

    private static RolloutTask delete(Assignment assignment, Set<ObjectKey> objects) {
        return new RolloutTask.Delete(assignment.application(), assignment.cluster(), assignment.generation(), objects);
    }

    private static RolloutTask tell(Assignment assignment, Result result) {
        return new RolloutTask.Tell(
                assignment.application(), new Report(assignment.cluster(), assignment.generation(), result));
    }
}
