package dev.shiplog.domain.rollout;

import dev.shiplog.domain.Asked;
import dev.shiplog.domain.Decider;
import dev.shiplog.domain.Decision;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.rollout.RolloutCommand.Assign;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmApplied;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmDeleted;
import dev.shiplog.domain.rollout.RolloutCommand.MeetTrouble;
import dev.shiplog.domain.rollout.RolloutCommand.Observe;
import dev.shiplog.domain.rollout.RolloutCommand.PassTime;
import dev.shiplog.domain.rollout.RolloutEvent.Advanced;
import dev.shiplog.domain.rollout.RolloutEvent.Applied;
import dev.shiplog.domain.rollout.RolloutEvent.Assigned;
import dev.shiplog.domain.rollout.RolloutEvent.Completed;
import dev.shiplog.domain.rollout.RolloutEvent.Failed;
import dev.shiplog.domain.rollout.RolloutEvent.Hindered;
import dev.shiplog.domain.rollout.RolloutEvent.Pruned;
import dev.shiplog.domain.rollout.RolloutEvent.Released;
import dev.shiplog.domain.rollout.RolloutEvent.Removed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a rollout.
 *
 * <pre>
 *            Assigned              Applied              Completed, Aborted
 *   (any) ─────────────▶ Applying ─────────▶ Rolling ────────────────────▶ Completed, Aborted (then Released, Pruned)
 *     │                   │  ▲ ▲ Hindered     │  │ │ Held
 *     │                   │  │ └── Advanced ──┘  │ └──────▶ Holding ── Advanced ──▶ Applying
 *     │                   └──┘ Failed            ▼ Failed
 *     │                   └───────────────────▶ Failed
 *     │  Assigned (removing)              Removed
 *     └─────────────▶ Removing ───────────────────▶ Removed
 * </pre>
 *
 * <p>Each round from Applying to Rolling brings about one {@link dev.shiplog.domain.course.Layout}; which one is next is
 * said by the {@link dev.shiplog.domain.course.Course}. A plain rolling update is a single round.
 *
 * <p>What was seen before the last object was written says nothing about it: it may be of objects that are gone.
 *
 * <p>A workload that vanishes while the rollout waits for it is written again: the same assignment, assigned once more, or
 * where a route has a weight, the same layout without it.
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
            case PassTime ignored -> passTime(rollout, asked.at());
        };
    }

    private static Decision<RolloutEvent> assign(Rollout rollout, Assign assign) {
        var assignment = assign.assignment();
        if (assignment.generation() <= rollout.generation()) {
            return Decision.accepted();
        }
        var begun = Advance.begin(rollout, assignment);
        return Advance.impossibility(rollout, assignment)
                .map(trouble -> Decision.<RolloutEvent>accepted(
                        begun, new Failed(assignment.generation(), assignment.revision(), trouble)))
                .orElseGet(() -> Decision.accepted(begun));
    }

    private static Decision<RolloutEvent> confirmApplied(Rollout rollout, ConfirmApplied applied) {
        boolean expected = rollout.stage() instanceof Rollout.Stage.Applying
                && applied.generation() == rollout.generation()
                && applied.leg() == rollout.position().leg();
        if (!expected) {
            return Decision.accepted();
        }
        var assignment = rollout.assignment().orElseThrow();
        var written = new Applied(applied.generation(), applied.warning());
        boolean nothingToWaitFor = assignment.objects().stream().noneMatch(KubernetesObject::isWorkload);
        return nothingToWaitFor
                ? Decision.accepted(
                        written, new Completed(applied.generation(), assignment.revision(), Optional.empty()))
                : Decision.accepted(written);
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
        boolean isClearing = rollout.stage() instanceof Rollout.Stage.Rolling && !isClear(rollout);
        if (met.trouble().kind() == Trouble.Kind.LATE
                && (isClearing || rollout.stage() instanceof Rollout.Stage.Applying)) {
            // Written again: if this owner is behind, its append will tell it so.
            return Decision.accepted(again(rollout));
        }
        return switch (rollout.stage()) {
            case Rollout.Stage.Applying applying -> hindered(rollout, met.trouble(), applying.hindrance());
            case Rollout.Stage.Rolling rolling ->
                isClearing ? hindered(rollout, met.trouble(), rolling.hindrance()) : Decision.accepted();
            case Rollout.Stage.Removing removing -> hindered(rollout, met.trouble(), removing.hindrance());
            case Rollout.Stage.Idle ignored -> Decision.accepted();
            case Rollout.Stage.Holding ignored -> Decision.accepted();
            case Rollout.Stage.Completed completed -> leftBehind(rollout, met, completed.hindrance());
            case Rollout.Stage.Aborted aborted -> leftBehind(rollout, met, aborted.hindrance());
            case Rollout.Stage.Failed ignored -> Decision.accepted();
            case Rollout.Stage.Removed ignored -> Decision.accepted();
        };
    }

    private static Assigned again(Rollout rollout) {
        return new Assigned(
                rollout.assignment().orElseThrow(),
                rollout.layout(),
                rollout.position().step());
    }

    /** What has gone is written again. A route may send no requests there until it stands, so its weight comes after it. */
    private static RolloutEvent restored(Rollout rollout) {
        var layout = rollout.layout();
        return layout.traffic().weight().isPresent()
                ? new Advanced(
                        rollout.generation(),
                        layout.unweighted(),
                        rollout.position().step(),
                        rollout.position().clearing())
                : again(rollout);
    }

    private static Decision<RolloutEvent> leftBehind(Rollout rollout, MeetTrouble met, Optional<Trouble> before) {
        return rollout.leftovers().isEmpty() || isKnown(before, met.trouble())
                ? Decision.accepted()
                : Decision.accepted(new Hindered(met.generation(), met.trouble()));
    }

    /** The same trouble again is no news: a cluster that is away for a day is one event, not one a minute. */
    private static Decision<RolloutEvent> hindered(Rollout rollout, Trouble trouble, Optional<Trouble> before) {
        if (!trouble.kind().isPassing()) {
            return failed(rollout, trouble);
        }
        return isKnown(before, trouble)
                ? Decision.accepted()
                : Decision.accepted(new Hindered(rollout.generation(), trouble));
    }

    private static boolean isKnown(Optional<Trouble> before, Trouble trouble) {
        return before.filter(hindrance -> hindrance.kind() == trouble.kind()).isPresent();
    }

    private static Decision<RolloutEvent> observe(Rollout rollout, Observation observation, Instant now) {
        return switch (rollout.stage()) {
            case Rollout.Stage.Rolling rolling -> observe(rollout, rolling.since(), observation, now);
            case Rollout.Stage.Holding holding -> observe(rollout, holding.since(), observation, now);
            case Rollout.Stage.Idle ignored -> Decision.accepted();
            case Rollout.Stage.Applying ignored -> Decision.accepted();
            case Rollout.Stage.Removing ignored -> Decision.accepted();
            case Rollout.Stage.Completed ignored -> Decision.accepted();
            case Rollout.Stage.Aborted ignored -> Decision.accepted();
            case Rollout.Stage.Failed ignored -> Decision.accepted();
            case Rollout.Stage.Removed ignored -> Decision.accepted();
        };
    }

    private static Decision<RolloutEvent> observe(
            Rollout rollout, Instant since, Observation observation, Instant now) {
        if (observation.at().isBefore(since)) {
            return Decision.accepted();
        }
        var assignment = rollout.assignment().orElseThrow();
        var awaited = rollout.objects(assignment).workloads(rollout.layout());
        var shown = observation.workloads().stream()
                .filter(workload -> awaited.contains(workload.name()))
                .toList();
        var newer = shown.stream()
                .filter(workload -> workload.mark().generation() > rollout.generation())
                .findFirst();
        if (newer.isPresent()) {
            return failed(rollout, outrun(rollout, newer.get()));
        }
        boolean settled = !now.isBefore(since.plus(SETTLING));
        var reached = new Reached(rollout, observation);
        boolean isMissing = shown.size() < awaited.size() || !reached.hasServices();
        // Older: a late request has brought back what was gone. Newer: whoever wrote it knew a later event; if this
        // owner doesn't, its next append will tell it so.
        boolean isAnothers =
                shown.stream().anyMatch(workload -> !workload.mark().equals(rollout.mark()));
        if (isMissing || isAnothers) {
            return settled ? Decision.accepted(isMissing ? restored(rollout) : again(rollout)) : Decision.accepted();
        }
        boolean isHolding = rollout.stage() instanceof Rollout.Stage.Holding;
        if (isHolding) {
            return Decision.accepted();
        }
        var relied = Advance.relied(rollout);
        var looked = shown.stream()
                .filter(workload -> relied.contains(workload.name()))
                .toList();
        return switch (Progress.of(looked, observation.troubles())) {
            case Progress.Done ignored ->
                reached.serves() ? onward(rollout, now) : unreached(rollout, reached, observation.still());
            case Progress.Failed failed -> settled ? failed(rollout, failed.trouble()) : Decision.accepted();
            case Progress.Waiting ignored -> Decision.accepted();
        };
    }

    /** Its pods are there, and users don't get to them: no longer than pods may take. Nobody fails for a wait of his own. */
    private static Decision<RolloutEvent> unreached(Rollout rollout, Reached reached, Optional<Duration> still) {
        boolean isPaused = rollout.assignment().filter(Assignment::paused).isPresent();
        return still.filter(lasted -> !isPaused)
                .map(lasted -> failed(rollout, reached.exceeded(lasted)))
                .orElseGet(Decision::accepted);
    }

    private static Decision<RolloutEvent> onward(Rollout rollout, Instant now) {
        return isClear(rollout) ? new Decision.Accepted<>(Advance.from(rollout, now)) : Decision.accepted();
    }

    private static boolean isClear(Rollout rollout) {
        return !rollout.position().clearing() || rollout.leftovers().isEmpty();
    }

    private static Decision<RolloutEvent> passTime(Rollout rollout, Instant now) {
        var kept = rollout.kept().filter(still -> !now.isBefore(still.until()));
        if (kept.isPresent()) {
            return Decision.accepted(new Released(rollout.generation()));
        }
        boolean isOver = rollout.stage() instanceof Rollout.Stage.Holding holding
                && holding.until().filter(until -> !now.isBefore(until)).isPresent();
        return new Decision.Accepted<>(
                isOver
                        ? Advance.pass(rollout).stream()
                                .<RolloutEvent>map(assigned -> assigned)
                                .toList()
                        : List.of());
    }

    private static Decision<RolloutEvent> failed(Rollout rollout, Trouble trouble) {
        return Decision.accepted(new Failed(rollout.generation(), rollout.revision(), trouble));
    }

    private static Trouble outrun(Rollout rollout, Observation.Workload newer) {
        return new Trouble(
                Trouble.Kind.OUTRUN,
                "the cluster carries generation " + newer.mark().generation() + ", this is " + rollout.generation()
                        + ": somebody else writes to it");
    }

    @Override
    public Rollout evolve(Rollout rollout, Recorded<RolloutEvent> recorded) {
        return Evolution.of(rollout, recorded);
    }

    @Override
    public List<RolloutTask> outstanding(Rollout rollout) {
        return Owed.of(rollout);
    }
}
