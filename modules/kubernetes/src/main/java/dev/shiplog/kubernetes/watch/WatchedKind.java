package dev.shiplog.kubernetes.watch;

import dev.shiplog.domain.json.Json;
import java.util.Optional;

/** The kinds that are watched in every cluster. */
enum WatchedKind {
    DEPLOYMENT("/apis/apps/v1", "deployments"),
    SERVICE("/api/v1", "services"),
    ENDPOINT_SLICE("/apis/discovery.k8s.io/v1", "endpointslices");

    private final String root;
    private final String plural;

    WatchedKind(String root, String plural) {
        this.root = root;
        this.plural = plural;
    }

    /** Where its objects are listed and watched; of all namespaces where none is given. */
    String path(Optional<String> namespace) {
        return root + namespace.map(name -> "/namespaces/" + name).orElse("") + "/" + plural;
    }

    String plural() {
        return plural;
    }

    /** The kind of an object; empty if it is not watched. */
    static Optional<WatchedKind> of(Json.Obj object) {
        return switch (object.text("apiVersion").orElse("") + "/"
                + object.text("kind").orElse("")) {
            case "apps/v1/Deployment" -> Optional.of(DEPLOYMENT);
            case "v1/Service" -> Optional.of(SERVICE);
            default -> Optional.empty();
        };
    }

    /** What is kept of the object; empty if it is no application's. */
    Optional<Shown> shown(Json.Obj object) {
        return switch (this) {
            case DEPLOYMENT -> Shown.Deployed.of(object).map(Shown.class::cast);
            case SERVICE -> Shown.Served.of(object).map(Shown.class::cast);
            case ENDPOINT_SLICE -> Shown.Endpoints.of(object).map(Shown.class::cast);
        };
    }
}
