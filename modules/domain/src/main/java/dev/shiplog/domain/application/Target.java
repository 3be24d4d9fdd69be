package dev.shiplog.domain.application;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.ApplicationEvent.Placed;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.fleet.Cluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one cluster is to run.
 *
 * @param cluster with its labels as they were when the release was planned
 * @param scale the number of replicas asked for after the release was submitted; empty: as the release says
 * @param generation of the latest thing asked of this cluster
 * @param correlation the command that asked for that
 * @param directions what people have said about the release on its way
 * @param forcing what others have set there is overwritten, for this asking alone
 * @param serving what the cluster has said that users get
 * @param placements what was asked when, newest last, at most {@link #REMEMBERED_PLACEMENTS}
 */
public record Target(
        Cluster cluster,
        int revision,
        Optional<Integer> scale,
        boolean paused,
        boolean removing,
        Directions directions,
        int generation,
        String correlation,
        boolean forcing,
        Standing standing,
        Serving serving,
        List<Placement> placements) {

    /** How far back an undo finds scale without reading the journal. */
    public static final int REMEMBERED_PLACEMENTS = 1_000;

    public record Placement(Instant at, int revision, Optional<Integer> scale) {}

    /** What the cluster has said about the latest generation. */
    public sealed interface Standing {
        record Owed() implements Standing {}

        /** A step waits: until the moment, or until it is promoted. */
        record Held(int step, Optional<Instant> until, Optional<Role> preview) implements Standing {}

        /**
         * @param keptUntil how long the former pods stay; empty: no longer
         * @param leftovers whether something could not be deleted yet
         */
        record Completed(Optional<Instant> keptUntil, boolean leftovers) implements Standing {}

        /** @param leftovers whether something could not be deleted yet */
        record Aborted(boolean leftovers) implements Standing {}

        record Failed(Trouble trouble) implements Standing {}

        /** What stayed after the end is gone. */
        default Standing settled() {
            return this instanceof Aborted ? new Aborted(false) : new Completed(Optional.empty(), false);
        }
    }

    /**
     * What users get.
     *
     * @param revision the last that was completed
     * @param active the colour that serves
     * @param colours the last revision that each colour served with
     */
    public record Serving(Optional<Integer> revision, Optional<Role> active, SortedMap<Role, Integer> colours) {

        static final Serving NOTHING = new Serving(Optional.empty(), Optional.empty(), new TreeMap<>());

        public Serving {
            colours = Collections.unmodifiableSortedMap(new TreeMap<>(colours));
        }

        Serving completed(int number, Optional<Role> colour) {
            var changed = new TreeMap<>(colours);
            // A plain Deployment becomes blue before green comes up beside it.
            boolean wasAdopted =
                    active.isEmpty() && colour.filter(Role.GREEN::equals).isPresent();
            if (wasAdopted) {
                revision.ifPresent(plain -> changed.put(Role.BLUE, plain));
            }
            colour.ifPresent(role -> changed.put(role, number));
            return new Serving(Optional.of(number), colour, colour.isPresent() ? changed : new TreeMap<>());
        }
    }

    static final Standing OWED = new Standing.Owed();

    public Target {
        placements = List.copyOf(placements);
    }

    /** Whether the cluster still has to say something about the latest generation. */
    public boolean isOwed() {
        return switch (standing) {
            case Standing.Owed ignored -> true;
            case Standing.Held ignored -> true;
            case Standing.Completed completed -> completed.keptUntil().isPresent() || completed.leftovers();
            case Standing.Aborted aborted -> aborted.leftovers();
            case Standing.Failed ignored -> false;
        };
    }

    /** The colour that users come to. Where another one waits beside it, it is the one that a plain Deployment became. */
    Optional<Role> active() {
        return standing instanceof Standing.Held held && held.preview().isPresent()
                ? held.preview().map(Role::otherColour)
                : serving.active();
    }

    /** Whether the release is on its way and has not ended here. */
    boolean isUnderWay() {
        return standing instanceof Standing.Owed || standing instanceof Standing.Held;
    }

    /** Whether the release ended here without being what users get. */
    boolean hasFailed() {
        return standing instanceof Standing.Failed || standing instanceof Standing.Aborted;
    }

    /** Whether users had another release before this one, which there is to go back to. */
    boolean hasOtherGood() {
        return serving.revision().filter(good -> good != revision).isPresent();
    }

    /** What was asked under which generation, by which command, when. */
    record Asking(int generation, String correlation, Instant at, boolean forcing) {

        Asking(int generation, String correlation, Instant at) {
            this(generation, correlation, at, false);
        }

        Asking byForce() {
            return new Asking(generation, correlation, at, true);
        }
    }

    /** A place for the release, new to the cluster or in succession to what it ran. */
    static Target placed(Optional<Target> before, Placed placed, int revision, Asking asking) {
        var placements = before.map(target -> target.placedAt(asking.at(), revision, placed.scale()))
                .orElseGet(() -> List.of(new Placement(asking.at(), revision, placed.scale())));
        return new Target(
                placed.cluster(),
                revision,
                placed.scale(),
                before.map(Target::paused).orElse(false),
                false,
                placed.straight() ? Directions.STRAIGHT : Directions.NONE,
                asking.generation(),
                asking.correlation(),
                false,
                OWED,
                before.map(Target::serving).orElse(Serving.NOTHING),
                placements);
    }

    Target scaled(int replicas, Asking asking) {
        var asked = Optional.of(replicas);
        return asked(asked, paused, removing, directions, asking, placedAt(asking.at(), revision, asked));
    }

    Target paused(boolean held, Asking asking) {
        return asked(scale, held, removing, directions, asking, placements);
    }

    Target removing(Asking asking) {
        return asked(scale, false, true, directions, asking, placements);
    }

    Target promoted(int through, boolean full, Asking asking) {
        var said = full ? directions.full() : directions.promoted(through);
        return asked(scale, paused, removing, said, asking, placements);
    }

    /** An abort always takes effect, also where the rollout was paused. */
    Target aborting(Asking asking) {
        return asked(scale, false, removing, directions.abort(), asking, placements);
    }

    Target takingOver(Asking asking) {
        return asked(scale, paused, removing, directions, asking.byForce(), placements);
    }

    private Target asked(
            Optional<Integer> scale,
            boolean paused,
            boolean removing,
            Directions directions,
            Asking asking,
            List<Placement> placements) {
        return new Target(
                cluster,
                revision,
                scale,
                paused,
                removing,
                directions,
                asking.generation(),
                asking.correlation(),
                asking.forcing(),
                OWED,
                serving,
                placements);
    }

    Target standing(Standing said) {
        return told(said, serving);
    }

    Target serving(Optional<Role> active) {
        return told(standing, serving.completed(revision, active));
    }

    private Target told(Standing said, Serving users) {
        return new Target(
                cluster,
                revision,
                scale,
                paused,
                removing,
                directions,
                generation,
                correlation,
                forcing,
                said,
                users,
                placements);
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
