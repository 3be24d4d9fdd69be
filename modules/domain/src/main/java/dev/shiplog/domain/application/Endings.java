package dev.shiplog.domain.application;

import dev.shiplog.domain.application.ApplicationEvent.ReleaseEnded;
import java.util.ArrayList;
import java.util.List;

/** Which releases come to an end when clusters come to one. */
final class Endings {

    private Endings() {}

    /**
     * The releases that end because the named clusters, whatever release they are on, get a result.
     *
     * <p>Example: release 4 is completed in Seoul and in progress in Busan; when Busan gets {@code SUPERSEDED}, nothing
     * is in progress any more and the release ends as superseded.
     */
    static List<ReleaseEnded> of(Application application, List<String> clusters, ReleaseResult result) {
        var ends = new ArrayList<ReleaseEnded>();
        application.progress().forEach((revision, progress) -> {
            var after = progress;
            for (var cluster : clusters) {
                var target = application.targets().get(cluster);
                if (target != null && target.revision() == revision) {
                    after = after.with(cluster, result);
                }
            }
            if (!progress.result().isFinal() && after.verdict().isFinal()) {
                ends.add(new ReleaseEnded(revision, after.verdict()));
            }
        });
        return List.copyOf(ends);
    }
}
