package dev.shiplog.views.history;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Observation.Mark;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one cluster is to run of an application, and how far that has come.
 *
 * @param generation of the latest thing asked of this cluster
 * @param since when that was asked
 * @param good what was completed there last: what users get
 */
public record Placement(
        Place place,
        Map<String, String> labels,
        Wanted wanted,
        int generation,
        Instant since,
        Carried carried,
        Position position,
        Optional<Good> good) {

    /** The last good release. */
    public record Good(int revision, Front front) {}

    /**
     * What users meet of a release.
     *
     * @param images of the Deployment that has sides, as {@code container=image}
     * @param counted whether somebody has said how many pods it has
     * @param services the Services by which users come, and what each selects as it is written
     * @param wide what each selects while pods of two releases serve
     */
    public record Front(
            List<String> images,
            boolean counted,
            SortedMap<String, Map<String, String>> services,
            SortedMap<String, Map<String, String>> wide) {

        public static final Front NONE = new Front(List.of(), false, new TreeMap<>(), new TreeMap<>());

        public Front {
            images = List.copyOf(images);
            services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
            wide = Collections.unmodifiableSortedMap(new TreeMap<>(wide));
        }

        /** Each Service, and what it selects. */
        public SortedMap<String, Map<String, String>> services(boolean widened) {
            return widened ? wide : services;
        }

        /** The images alone, in the order of the containers. */
        public List<String> imageNames() {
            return images.stream()
                    .map(image -> image.substring(image.indexOf('=') + 1))
                    .toList();
        }
    }

    /**
     * @param scale the number of replicas asked for after the release was submitted
     * @param aborting it is to go back to the last good release
     * @param failed it had failed before something else was asked
     */
    public record Wanted(
            int revision,
            Optional<Integer> scale,
            Declared declared,
            boolean paused,
            boolean removing,
            boolean aborting,
            boolean failed) {

        public Wanted(
                int revision,
                Optional<Integer> scale,
                Declared declared,
                boolean paused,
                boolean removing,
                boolean aborting) {
            this(revision, scale, declared, paused, removing, aborting, false);
        }

        /** The number of pods there are to be. */
        public int replicas() {
            return declared.fixed() + scale.filter(asked -> declared.scalable()).orElse(declared.scaled());
        }

        Wanted withScale(int replicas) {
            return new Wanted(revision, Optional.of(replicas), declared, paused, removing, aborting, failed);
        }

        Wanted withPaused(boolean held) {
            return new Wanted(revision, scale, declared, held, removing, aborting, failed);
        }

        Wanted withRemoval() {
            return new Wanted(revision, scale, declared, false, true, aborting, failed);
        }

        Wanted withAbort() {
            return new Wanted(revision, scale, declared, false, removing, true, failed);
        }

        Wanted withFailure() {
            return new Wanted(revision, scale, declared, paused, removing, aborting, true);
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
     */
    public record Course(Strategy strategy, String workload, List<String> others, Front front) {

        /** One Deployment in the manifest's own way. */
        public static final Course NONE = new Course(Strategy.AS_WRITTEN, "", List.of(), Front.NONE);

        public Course {
            others = List.copyOf(others);
        }

        /** The names of the Services by which users come. */
        public Set<String> services() {
            return front.services().keySet();
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
     * @param mark of what is written for it
     * @param holding whether the step waits: what was told of that is old when it goes on by itself
     */
    public record Position(Layout layout, int step, Mark mark, boolean holding) {

        public static final Position NOWHERE = new Position(Layout.NONE, 0, new Mark(0, 0), false);

        Position assigned(int generation, Layout first, int ofStep) {
            return new Position(first, ofStep, mark.generation() == generation ? mark : new Mark(generation, 0), false);
        }

        Position advanced(Layout next, int ofStep) {
            return new Position(next, ofStep, new Mark(mark.generation(), mark.leg() + 1), false);
        }

        Position held(int inStep) {
            return new Position(layout, inStep, mark, true);
        }

        /** What serves has been left alone. */
        Position alone() {
            return new Position(layout.serving().map(layout::only).orElse(layout), step, mark, false);
        }

        Position completed() {
            return new Position(alone().layout().completed(), step, mark, false);
        }

        Position superseded() {
            return new Position(layout.superseded(), 0, mark, false);
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

    /** What the cluster has said, as far as it still is so: a pause that has passed is on its way again. */
    public Target.Standing standing() {
        return carried.standing() instanceof Target.Standing.Held && !position.holding()
                ? new Target.Standing.Owed()
                : carried.standing();
    }

    /** Something else is asked: it is owed again, under a new generation. */
    Placement asked(Wanted changed, int newer, Instant at) {
        return new Placement(place, labels, changed, newer, at, Carried.OWED, position, good);
    }

    /** For good: whatever is asked of this release later. */
    Placement failed(Trouble trouble) {
        return new Placement(place, labels, wanted.withFailure(), generation, since, carried, position, good)
                .standing(new Target.Standing.Failed(trouble));
    }

    Placement standing(Target.Standing said) {
        return carried(new Carried(said, carried.written(), carried.hindrance(), carried.warning()));
    }

    Placement settled() {
        return standing(carried.standing().settled());
    }

    /** The former pods stay no longer: now they are to be deleted. */
    Placement released() {
        var said = carried.standing() instanceof Target.Standing.Completed
                ? new Target.Standing.Completed(Optional.empty(), true)
                : carried.standing();
        return carried(new Carried(said, carried.written(), Optional.empty(), carried.warning()));
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
                Optional.of(
                        new Good(wanted.revision(), wanted.declared().course().front())));
    }

    private Placement carried(Carried changed) {
        return new Placement(place, labels, wanted, generation, since, changed, position, good);
    }
}
