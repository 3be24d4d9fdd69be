package dev.shiplog.domain.application;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.release.ReleaseSpec;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What somebody asks of an application. */
public sealed interface ApplicationCommand {

    /** Make this the application's next release. */
    record Apply(ReleaseSpec spec, String cause) implements ApplicationCommand {}

    record Scale(ClusterSelection clusters, int replicas) implements ApplicationCommand {}

    /** @param images image by container name; {@code *} stands for every container */
    record SetImage(ClusterSelection clusters, Map<String, String> images) implements ApplicationCommand {
        public SetImage {
            images = Map.copyOf(images);
        }
    }

    record Pause(ClusterSelection clusters) implements ApplicationCommand {}

    record Resume(ClusterSelection clusters) implements ApplicationCommand {}

    /** @param withScale bring back the number of replicas too; a moment in time always does */
    record Undo(ClusterSelection clusters, Destination to, boolean withScale) implements ApplicationCommand {}

    record Restart(ClusterSelection clusters) implements ApplicationCommand {}

    record Delete(ClusterSelection clusters) implements ApplicationCommand {}

    /** @param full skip every step that is left; otherwise the pause that a rollout waits in is over */
    record Promote(ClusterSelection clusters, boolean full) implements ApplicationCommand {}

    /** Back to the last release that was completed, wherever another one is on its way or has failed. */
    record Abort(ClusterSelection clusters, boolean forceConflicts) implements ApplicationCommand {
        public Abort(ClusterSelection clusters) {
            this(clusters, false);
        }
    }

    /** Try again where it failed or was aborted. */
    record Retry(ClusterSelection clusters, boolean forceConflicts) implements ApplicationCommand {
        public Retry(ClusterSelection clusters) {
            this(clusters, false);
        }
    }

    /** Let users come to the pods of a colour. */
    record Switch(ClusterSelection clusters, Role to, boolean forceConflicts) implements ApplicationCommand {
        public Switch(ClusterSelection clusters, Role to) {
            this(clusters, to, false);
        }
    }

    /** What a cluster says about the generation it was given; from Shiplog itself only. */
    record Report(String cluster, int generation, Result result) implements ApplicationCommand {}

    /** Where an undo goes. */
    sealed interface Destination {
        /** The newest earlier revision that became healthy. */
        record Previous() implements Destination {}

        record Revision(int number) implements Destination {}

        record Moment(Instant at) implements Destination {}
    }

    /** How a generation stands, or ended, on a cluster. */
    sealed interface Result {
        /** It waits: until the moment, or until it is promoted. */
        record Held(int step, Optional<Instant> until, Optional<Role> preview) implements Result {}

        /**
         * @param active the colour that serves
         * @param keptUntil how long the former pods stay; empty: no longer
         * @param leftovers whether something could not be deleted yet, of the former pods too; told again when it is gone
         */
        record Completed(Optional<Role> active, Optional<Instant> keptUntil, boolean leftovers) implements Result {
            public Completed() {
                this(Optional.empty(), Optional.empty(), false);
            }
        }

        /**
         * The last good release is back.
         *
         * @param leftovers as of {@link Completed}
         */
        record Aborted(boolean leftovers) implements Result {
            public Aborted() {
                this(false);
            }
        }

        record Failed(Trouble trouble) implements Result {}

        record Removed() implements Result {}
    }
}
