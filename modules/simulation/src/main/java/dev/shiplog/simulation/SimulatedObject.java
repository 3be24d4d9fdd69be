package dev.shiplog.simulation;

import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.rollout.Observation.Mark;
import org.jspecify.annotations.Nullable;

/** An object as the API server keeps it. */
final class SimulatedObject {

    KubernetesObject written;
    long version;
    final @Nullable SimulatedDeployment deployment;

    SimulatedObject(KubernetesObject written, @Nullable SimulatedDeployment deployment) {
        this.written = written;
        this.deployment = deployment;
    }

    int generation() {
        return annotation(written, Rendering.GENERATION);
    }

    Mark mark() {
        return new Mark(generation(), annotation(written, Rendering.LEG));
    }

    int revision() {
        return annotation(written, Rendering.REVISION);
    }

    String application() {
        return written.json()
                .object("metadata")
                .object("annotations")
                .text(Rendering.APPLICATION)
                .orElse("");
    }

    /** Those that there are, ready or not. */
    int pods() {
        return deployment == null ? 0 : deployment.pods();
    }

    int ready() {
        return deployment == null ? 0 : deployment.ready();
    }

    private static int annotation(KubernetesObject object, String name) {
        return object.json()
                .object("metadata")
                .object("annotations")
                .text(name)
                .map(Integer::parseInt)
                .orElse(0);
    }
}
