package dev.shiplog.domain.application;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.fleet.Cluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one cluster is to run.
 *
 * @param cluster with its labels as they were when the release was planned
 * @param scale the number of replicas asked for after the release was submitted; empty: as the release says
 * @param generation of the latest thing asked of this cluster
 * @param correlation the command that asked for that
 * @param placements what was asked when, newest last, at most {@link #REMEMBERED_PLACEMENTS}
 */
public record Target(
        Cluster cluster,
        int revision,
        Optional<Integer> scale,
        boolean paused,
        boolean removing,
        int generation,
        String correlation,
        Standing standing,
        List<Placement> placements) {

    /** How far back an undo finds scale without reading the journal. */
    public static final int REMEMBERED_PLACEMENTS = 1_000;

    public record Placement(Instant at, int revision, Optional<Integer> scale) {}

    /** What the cluster has said about the latest generation. */
    public sealed interface Standing {
        record Owed() implements Standing {}

        record Completed() implements Standing {}

        record Failed(Trouble trouble) implements Standing {}
    }

    static final Standing OWED = new Standing.Owed();

    public Target {
        placements = List.copyOf(placements);
    }

    public boolean isOwed() {
        return standing instanceof Standing.Owed;
    }

    /** What was asked under which generation, by which command, when. */
    record Asking(int generation, String correlation, Instant at) {}

    /** A place for the release, new to the cluster or in succession to what it ran. */
    static Target placed(
            Optional<Target> before, Cluster cluster, int revision, Optional<Integer> scale, Asking asking) {
        boolean paused = before.map(Target::paused).orElse(false);
        var placements = before.map(target -> target.placedAt(asking.at(), revision, scale))
                .orElseGet(() -> List.of(new Placement(asking.at(), revision, scale)));
        return new Target(
                cluster, revision, scale, paused, false, asking.generation(), asking.correlation(), OWED, placements);
    }

    Target scaled(int replicas, Asking asking) {
        var asked = Optional.of(replicas);
        return asked(asked, paused, removing, asking, placedAt(asking.at(), revision, asked));
    }

    Target paused(boolean held, Asking asking) {
        return asked(scale, held, removing, asking, placements);
    }

    Target removing(Asking asking) {
        return asked(scale, false, true, asking, placements);
    }

    private Target asked(
            Optional<Integer> scale, boolean paused, boolean removing, Asking asking, List<Placement> placements) {
        return new Target(
                cluster,
                revision,
                scale,
                paused,
                removing,
                asking.generation(),
                asking.correlation(),
                OWED,
                placements);
    }

    Target standing(Standing said) {
        return new Target(cluster, revision, scale, paused, removing, generation, correlation, said, placements);
    }

    /** What was asked of the cluster at a moment; empty before there was anything, or too long ago. */
    Optional<Placement> placementAt(Instant moment) {
        return placements.stream()
                .filter(placement -> !placement.at().isAfter(moment))
                .reduce((earlier, later) -> later);
    }

    /** The last placement of a revision: with the scale it had when something else took its place. */
    Optional<Placement> lastPlacementOf(int revision) {
        return placements.stream()
                .filter(placement -> placement.revision() == revision)
                .reduce((earlier, later) -> later);
    }

    private List<Placement> placedAt(Instant at, int revision, Optional<Integer> scale) {
        var changed = new ArrayList<>(placements);
        changed.add(new Placement(at, revision, scale));
        return changed.size() > REMEMBERED_PLACEMENTS
                ? changed.subList(changed.size() - REMEMBERED_PLACEMENTS, changed.size())
                : changed;
    }
}
