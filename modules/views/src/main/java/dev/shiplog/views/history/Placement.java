package dev.shiplog.views.history;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.release.Strategy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one cluster is to run of an application, and how far that has come.
 *
 * @param generation of the latest thing asked of this cluster
 * @param since when that was asked
 * @param good the revision that was completed there last: what users get
 */
public record Placement(
        Place place,
        Map<String, String> labels,
        Wanted wanted,
        int generation,
        Instant since,
        Carried carried,
        Position position,
        Optional<Integer> good) {

    /**
     * @param scale the number of replicas asked for after the release was submitted
     * @param aborting it is to go back to the last good release
     */
    public record Wanted(
            int revision,
            Optional<Integer> scale,
            Declared declared,
            boolean paused,
            boolean removing,
            boolean aborting) {

        /** The number of pods there are to be. */
        public int replicas() {
            return declared.fixed() + scale.filter(asked -> declared.scalable()).orElse(declared.scaled());
        }

        Wanted withScale(int replicas) {
            return new Wanted(revision, Optional.of(replicas), declared, paused, removing, aborting);
        }

        Wanted withPaused(boolean held) {
            return new Wanted(revision, scale, declared, held, removing, aborting);
        }

        Wanted withRemoval() {
            return new Wanted(revision, scale, declared, false, true, aborting);
        }

        Wanted withAbort() {
            return new Wanted(revision, scale, declared, false, removing, true);
        }
    }

    /**
     * What a release declares for a cluster.
     *
     * @param images of all containers
     * @param scalable whether there is a workload that scaling means
     * @param scaled replicas of that workload
     * @param fixed replicas of all other workloads
     * @param course how it gets there
     */
    public record Declared(List<String> images, boolean scalable, int scaled, int fixed, Course course) {
        public Declared {
            images = List.copyOf(images);
        }
    }

    /**
     * What a strategy moves on a cluster.
     *
     * @param workload the name of the Deployment that has sides; empty where there is none
     * @param others the names of all other workloads
     * @param services the names of the Services by which users come
     */
    public record Course(Strategy strategy, String workload, List<String> others, List<String> services) {

        /** One Deployment in the manifest's own way. */
        public static final Course NONE = new Course(Strategy.AS_WRITTEN, "", List.of(), List.of());

        public Course {
            others = List.copyOf(others);
            services = List.copyOf(services);
        }

        /** The part that a Deployment of this name plays. */
        public Optional<Role> roleOf(String name) {
            return workload.isEmpty() || others.contains(name)
                    ? Optional.empty()
                    : Arrays.stream(Role.values())
                            .filter(role -> role.nameOf(workload).equals(name))
                            .findFirst();
        }
    }

    /**
     * How far the rollout is.
     *
     * @param layout what stands, or is being brought about
     * @param step of the strategy, counted from 0
     */
    public record Position(Layout layout, int step) {

        public static final Position NOWHERE = new Position(Layout.NONE, 0);

        /** What serves has been left alone. */
        Position alone() {
            return new Position(layout.serving().map(layout::only).orElse(layout), step);
        }

        Position completed() {
            return new Position(alone().layout().completed(), step);
        }

        Position superseded() {
            return new Position(layout.superseded(), 0);
        }
    }

    /**
     * What is known of the present generation.
     *
     * @param standing what the cluster has said about it
     * @param written whether all its objects are on the cluster
     * @param hindrance what last stood in the way of writing or deleting them
     * @param warning what people should know of the last writing; empty: nothing
     */
    public record Carried(Target.Standing standing, boolean written, Optional<Trouble> hindrance, String warning) {

        public static final Carried OWED = new Carried(new Target.Standing.Owed(), false, Optional.empty(), "");
    }

    /** Something else is asked: it is owed again, under a new generation. */
    Placement asked(Wanted changed, int newer, Instant at) {
        return new Placement(place, labels, changed, newer, at, Carried.OWED, position, good);
    }

    Placement standing(Target.Standing said) {
        return carried(new Carried(said, carried.written(), carried.hindrance(), carried.warning()));
    }

    Placement hindered(Trouble trouble) {
        return carried(new Carried(carried.standing(), carried.written(), Optional.of(trouble), carried.warning()));
    }

    Placement unhindered(boolean written) {
        return carried(new Carried(carried.standing(), written, Optional.empty(), carried.warning()));
    }

    Placement applied(Optional<String> warning) {
        return carried(new Carried(carried.standing(), true, Optional.empty(), warning.orElse(carried.warning())));
    }

    Placement at(Position now) {
        return new Placement(place, labels, wanted, generation, since, carried, now, good);
    }

    Placement completed(Target.Standing said) {
        return new Placement(
                place,
                labels,
                wanted,
                generation,
                since,
                new Carried(said, carried.written(), carried.hindrance(), ""),
                position,
                Optional.of(wanted.revision()));
    }

    private Placement carried(Carried changed) {
        return new Placement(place, labels, wanted, generation, since, changed, position, good);
    }
}
