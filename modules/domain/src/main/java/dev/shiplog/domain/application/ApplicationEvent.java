package dev.shiplog.domain.application;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.release.Release;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What has happened to an application. */
public sealed interface ApplicationEvent {

    /** @param placements one for each cluster of the release */
    record ReleaseCreated(Release release, int generation, List<Placed> placements) implements ApplicationEvent {
        public ReleaseCreated {
            placements = List.copyOf(placements);
        }
    }

    record Scaled(List<String> clusters, int replicas, int generation) implements ApplicationEvent {
        public Scaled {
            clusters = List.copyOf(clusters);
        }
    }

    record Paused(List<String> clusters, int generation) implements ApplicationEvent {
        public Paused {
            clusters = List.copyOf(clusters);
        }
    }

    record Resumed(List<String> clusters, int generation) implements ApplicationEvent {
        public Resumed {
            clusters = List.copyOf(clusters);
        }
    }

    record RemovalRequested(List<String> clusters, int generation) implements ApplicationEvent {
        public RemovalRequested {
            clusters = List.copyOf(clusters);
        }
    }

    /** @param through by cluster, the step whose pause is over, counted from 1; none of a full promotion */
    record Promoted(SortedMap<String, Integer> through, boolean full, int generation) implements ApplicationEvent {
        public Promoted {
            through = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(through));
        }
    }

    /** @param completed where the release is completed, and stays */
    record AbortRequested(List<String> clusters, int generation, List<String> completed) implements ApplicationEvent {
        public AbortRequested(List<String> clusters, int generation) {
            this(clusters, generation, List.of());
        }

        public AbortRequested {
            clusters = List.copyOf(clusters);
            completed = List.copyOf(completed);
        }
    }

    /** What others have set on the clusters is to be overwritten, once, with what is meant. */
    record TakeoverRequested(List<String> clusters, int generation) implements ApplicationEvent {
        public TakeoverRequested {
            clusters = List.copyOf(clusters);
        }
    }

    /** @param preview the colour that is there to be looked at */
    record RolloutHeld(
            String cluster, int revision, int generation, int step, Optional<Instant> until, Optional<Role> preview)
            implements ApplicationEvent {}

    /**
     * @param active the colour that serves
     * @param keptUntil how long the former pods stay
     * @param leftovers whether something could not be deleted yet
     */
    record RolloutCompleted(
            String cluster,
            int revision,
            int generation,
            Optional<Role> active,
            Optional<Instant> keptUntil,
            boolean leftovers)
            implements ApplicationEvent {
        public RolloutCompleted(String cluster, int revision, int generation) {
            this(cluster, revision, generation, Optional.empty(), Optional.empty(), false);
        }
    }

    /** @param leftovers whether something could not be deleted yet */
    record RolloutAborted(String cluster, int revision, int generation, boolean leftovers)
            implements ApplicationEvent {}

    /** What stayed after the end, the former pods or leftovers, is gone too. */
    record RolloutSettled(String cluster, int revision, int generation) implements ApplicationEvent {}

    record RolloutFailed(String cluster, int revision, int generation, Trouble trouble) implements ApplicationEvent {}

    record RolloutRemoved(String cluster, int generation) implements ApplicationEvent {}

    /** Every cluster of the release has an end; nothing leaves this state. */
    record ReleaseEnded(int revision, ReleaseResult result) implements ApplicationEvent {}

    record ApplicationRemoved() implements ApplicationEvent {}

    /** A command was right, and there was nothing to do. */
    record NothingChanged(int revision, String message) implements ApplicationEvent {}

    /** A command was refused; kept, so that the same command is always told the same. */
    record CommandRefused(String code, String message) implements ApplicationEvent {}

    /**
     * A cluster with its labels as they were when the release was planned, and the scale it is to keep.
     *
     * @param straight without the steps of its strategy: a restart, or the way back to a revision not long ago
     */
    record Placed(Cluster cluster, Optional<Integer> scale, boolean straight) {
        public Placed(Cluster cluster, Optional<Integer> scale) {
            this(cluster, scale, false);
        }
    }
}
