package dev.shiplog.domain.release;

import java.util.List;

/**
 * One numbered, immutable revision of an application.
 *
 * @param clusters where it goes, in order; fixed when it is planned
 * @param cause what people read in the history
 */
public record Release(int revision, ReleaseSpec spec, List<String> clusters, String cause, Origin origin) {

    public Release {
        clusters = List.copyOf(clusters);
    }

    /** Where the release came from. */
    public sealed interface Origin {
        record Applied() implements Origin {}

        record ImageSet() implements Origin {}

        record Restarted() implements Origin {}

        record Undone(int toRevision) implements Origin {}

        record Retried(int ofRevision) implements Origin {}
    }
}
