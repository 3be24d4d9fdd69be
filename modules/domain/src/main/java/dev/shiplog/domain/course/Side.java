package dev.shiplog.domain.course;

import java.util.Optional;

/**
 * The pods of one role.
 *
 * @param replicas empty: as the manifest says, or as an autoscaler does
 */
public record Side(Content content, Optional<Integer> replicas) {

    /** Its number of pods, Kubernetes' default where none is said. */
    public int pods() {
        return replicas.orElse(1);
    }
}
