package dev.shiplog.views.history;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.application.ReleaseResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The rows of the read model other than {@link Placement}. */
final class Rows {

    private Rows() {}

    /** @param labels of its workloads */
    record ApplicationRow(
            ApplicationName application,
            int revision,
            String strategy,
            List<String> images,
            Map<String, String> labels,
            Instant updated,
            boolean removed) {

        ApplicationRow updated(Instant at) {
            return new ApplicationRow(application, revision, strategy, images, labels, at, removed);
        }

        ApplicationRow withRemoval() {
            return new ApplicationRow(application, revision, strategy, images, labels, updated, true);
        }
    }

    record ReleaseKey(ApplicationName application, int revision) {}

    /** @param position of the event that made it */
    record ReleaseRow(
            ReleaseKey key,
            long position,
            String cause,
            String actor,
            String reason,
            Instant created,
            List<String> images,
            String origin,
            ReleaseResult outcome,
            String specJson) {}

    /** @param index place of the cluster in the order of the release */
    record OutcomeRow(ReleaseKey release, String cluster, int index, ReleaseResult outcome, String message) {

        Place place() {
            return new Place(release.application(), cluster);
        }

        OutcomeRow ended(ReleaseResult end, String why) {
            return new OutcomeRow(release, cluster, index, end, why);
        }
    }

    record EventRow(
            long position,
            String stream,
            long sequence,
            ApplicationName application,
            Instant at,
            String actor,
            String reason,
            CommandId command,
            String type,
            String summary) {}
}
