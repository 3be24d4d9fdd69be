package dev.shiplog.domain.application;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.release.ReleaseSpec;
import java.time.Instant;
import java.util.Map;

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

    /** What a cluster says about the generation it was given; from Shiplog itself only. */
    record Report(String cluster, int generation, Result result) implements ApplicationCommand {}

    /** Where an undo goes. */
    sealed interface Destination {
        /** The newest earlier revision that became healthy. */
        record Previous() implements Destination {}

        record Revision(int number) implements Destination {}

        record Moment(Instant at) implements Destination {}
    }

    /** How a generation ended on a cluster. */
    sealed interface Result {
        record Completed() implements Result {}

        record Failed(Trouble trouble) implements Result {}

        record Removed() implements Result {}
    }
}
