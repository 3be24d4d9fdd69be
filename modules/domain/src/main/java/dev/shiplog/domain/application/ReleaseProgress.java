package dev.shiplog.domain.application;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a release stands on each of its clusters, and over all of them. */
public record ReleaseProgress(SortedMap<String, ReleaseResult> clusters, ReleaseResult result) {

    public ReleaseProgress {
        clusters = Collections.unmodifiableSortedMap(clusters);
    }

    static ReleaseProgress begun(List<String> clusters) {
        var standing = new TreeMap<String, ReleaseResult>();
        clusters.forEach(cluster -> standing.put(cluster, ReleaseResult.IN_PROGRESS));
        return new ReleaseProgress(standing, ReleaseResult.IN_PROGRESS);
    }

    /** With the result of one cluster; a result that is final stays. */
    ReleaseProgress with(String cluster, ReleaseResult end) {
        var before = clusters.get(cluster);
        if (before == null || before.isFinal()) {
            return this;
        }
        var changed = new TreeMap<>(clusters);
        changed.put(cluster, end);
        return new ReleaseProgress(changed, result);
    }

    ReleaseProgress ended(ReleaseResult end) {
        return result.isFinal() ? this : new ReleaseProgress(clusters, end);
    }

    /** What the release comes to, once no cluster is in progress: the worst that any of them has seen. */
    ReleaseResult verdict() {
        for (var worst : List.of(
                ReleaseResult.IN_PROGRESS,
                ReleaseResult.FAILED,
                ReleaseResult.ABORTED,
                ReleaseResult.SUPERSEDED,
                ReleaseResult.REMOVED)) {
            if (clusters.containsValue(worst)) {
                return worst;
            }
        }
        return ReleaseResult.COMPLETED;
    }
}
