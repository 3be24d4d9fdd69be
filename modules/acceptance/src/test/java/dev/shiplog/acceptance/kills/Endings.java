package dev.shiplog.acceptance.kills;

import dev.shiplog.domain.application.Application;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseCreated;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseEnded;
import dev.shiplog.domain.application.ReleaseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How releases ended: each of them once, with the result that its clusters have. */
final class Endings {

    /** {@code default/hello@3}. */
    private final Map<String, ReleaseResult> results = new TreeMap<>();

    private final List<String> wrong = new ArrayList<>();

    /** @param after the application after the event */
    void fold(String name, ApplicationEvent event, Application after) {
        if (event instanceof ReleaseCreated created) {
            results.put(name + "@" + created.release().revision(), ReleaseResult.IN_PROGRESS);
        }
        if (event instanceof ReleaseEnded ended) {
            var release = name + "@" + ended.revision();
            var before = results.put(release, ended.result());
            if (before != ReleaseResult.IN_PROGRESS) {
                wrong.add(release + " ended as " + ended.result() + " though it was " + before);
            }
            var clusters = Optional.ofNullable(after.progress().get(ended.revision()))
                    .map(progress -> List.copyOf(progress.clusters().values()))
                    .orElse(List.of());
            boolean isOfClusters = ended.result() == ReleaseResult.COMPLETED
                    ? clusters.stream().allMatch(ReleaseResult.COMPLETED::equals)
                    : clusters.contains(ended.result());
            if (!isOfClusters || clusters.contains(ReleaseResult.IN_PROGRESS)) {
                wrong.add(release + " ended as " + ended.result() + " though its clusters have " + clusters);
            }
        }
    }

    /** What ended twice, or otherwise than its clusters, in words. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** The releases that have not ended. */
    List<String> open() {
        return results.entrySet().stream()
                .filter(release -> !release.getValue().isFinal())
                .map(Map.Entry::getKey)
                .toList();
    }
}
