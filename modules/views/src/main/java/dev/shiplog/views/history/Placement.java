package dev.shiplog.views.history;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one cluster is to run of an application, and how far that has come.
 *
 * @param generation of the latest thing asked of this cluster
 * @param since when that was asked
 */
public record Placement(
        Place place, Map<String, String> labels, Wanted wanted, int generation, Instant since, Carried carried) {

    /** @param scale the number of replicas asked for after the release was submitted */
    public record Wanted(int revision, Optional<Integer> scale, Declared declared, boolean paused, boolean removing) {

        /** The number of pods there are to be. */
        public int replicas() {
            return declared.fixed() + scale.filter(asked -> declared.scalable()).orElse(declared.scaled());
        }

        Wanted withScale(int replicas) {
            return new Wanted(revision, Optional.of(replicas), declared, paused, removing);
        }

        Wanted withPaused(boolean held) {
            return new Wanted(revision, scale, declared, held, removing);
        }

        Wanted withRemoval() {
            return new Wanted(revision, scale, declared, false, true);
        }
    }

    /**
     * The pods and images that a release declares for a cluster.
     *
     * @param images of all containers
     * @param scalable whether there is a workload that scaling means
     * @param scaled replicas of that workload
     * @param fixed replicas of all other workloads
     */
    public record Declared(List<String> images, boolean scalable, int scaled, int fixed) {
        public Declared {
            images = List.copyOf(images);
        }
    }

    /**
     * What is known of the present generation.
     *
     * @param standing what the cluster has said about it
     * @param written whether all its objects are on the cluster
     * @param hindrance what last stood in the way of writing or deleting them
     */
    public record Carried(Target.Standing standing, boolean written, Optional<Trouble> hindrance) {

        public static final Carried OWED = new Carried(new Target.Standing.Owed(), false, Optional.empty());
    }

    public boolean isOwed() {
        return carried.standing() instanceof Target.Standing.Owed;
    }

    /** Something else is asked: it is owed again, under a new generation. */
    Placement asked(Wanted changed, int newer, Instant at) {
        return new Placement(place, labels, changed, newer, at, Carried.OWED);
    }

    Placement standing(Target.Standing said) {
        return carried(new Carried(said, carried.written(), carried.hindrance()));
    }

    Placement hindered(Trouble trouble) {
        return carried(new Carried(carried.standing(), carried.written(), Optional.of(trouble)));
    }

    Placement unhindered(boolean written) {
        return carried(new Carried(carried.standing(), written, Optional.empty()));
    }

    private Placement carried(Carried changed) {
        return new Placement(place, labels, wanted, generation, since, changed);
    }
}
