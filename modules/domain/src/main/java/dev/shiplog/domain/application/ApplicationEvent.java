package dev.shiplog.domain.application;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.release.Release;
import java.util.List;
import java.util.Optional;

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

    record RolloutCompleted(String cluster, int revision, int generation) implements ApplicationEvent {}

    record RolloutFailed(String cluster, int revision, int generation, Trouble trouble) implements ApplicationEvent {}

    record RolloutRemoved(String cluster, int generation) implements ApplicationEvent {}

    /** Every cluster of the release has an end; nothing leaves this state. */
    record ReleaseEnded(int revision, ReleaseResult result) implements ApplicationEvent {}

    record ApplicationRemoved() implements ApplicationEvent {}

    /** A command was right, and there was nothing to do. */
    record NothingChanged(int revision, String message) implements ApplicationEvent {}

    /** A command was refused; kept, so that the same command is always told the same. */
    record CommandRefused(String code, String message) implements ApplicationEvent {}

    /** A cluster with its labels as they were when the release was planned, and the scale it is to keep. */
    record Placed(Cluster cluster, Optional<Integer> scale) {}
}
