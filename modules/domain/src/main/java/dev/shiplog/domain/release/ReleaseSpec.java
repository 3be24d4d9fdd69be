package dev.shiplog.domain.release;

import dev.shiplog.domain.fleet.ClusterSelection;
import java.util.List;
import java.util.Optional;

/**
 * What is declared: everything of a release that its submitter decides.
 *
 * @param forceConflicts take over fields that another manager owns, as {@code kubectl apply --force-conflicts} does
 * @param restartedAt a mark on the pod templates; another one makes new pods of the same template
 */
public record ReleaseSpec(
        List<KubernetesObject> objects,
        ClusterSelection clusters,
        Strategy strategy,
        List<ClusterOverride> overrides,
        boolean forceConflicts,
        Optional<String> restartedAt) {

    public ReleaseSpec {
        objects = List.copyOf(objects);
        overrides = List.copyOf(overrides);
    }

    public ReleaseSpec withObjects(List<KubernetesObject> changed) {
        return new ReleaseSpec(changed, clusters, strategy, overrides, forceConflicts, restartedAt);
    }

    public ReleaseSpec withOverrides(List<ClusterOverride> changed) {
        return new ReleaseSpec(objects, clusters, strategy, changed, forceConflicts, restartedAt);
    }

    public ReleaseSpec withRestartedAt(String mark) {
        return new ReleaseSpec(objects, clusters, strategy, overrides, forceConflicts, Optional.of(mark));
    }
}
