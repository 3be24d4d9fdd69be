package dev.shiplog.engine;

import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import java.util.List;
import java.util.Optional;

/** The smallest that can be released: nothing has to come up, so that it is done when it is written. */
public final class ConfigMaps {

    private ConfigMaps() {}

    public static KubernetesObject named(String name) {
        return new KubernetesObject(Json.EMPTY
                .with("apiVersion", Json.text("v1"))
                .with("kind", Json.text("ConfigMap"))
                .with("metadata", Json.EMPTY.with("name", Json.text(name))));
    }

    /** Of this one alone, to every cluster. */
    public static ReleaseSpec release(String name) {
        return new ReleaseSpec(
                List.of(named(name)), ClusterSelection.ALL, Strategy.AS_WRITTEN, List.of(), false, Optional.empty());
    }
}
