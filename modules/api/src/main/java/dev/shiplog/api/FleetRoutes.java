package dev.shiplog.api;

import dev.shiplog.api.http.Exchange;
import dev.shiplog.api.http.Items;
import dev.shiplog.api.http.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What is asked about clusters, about us, and what a submitter needs to know. */
final class FleetRoutes {

    private final Sources sources;
    private final String openApi;

    FleetRoutes(Sources sources) {
        this.sources = sources;
        this.openApi = document();
    }

    void clusters(Exchange exchange) {
        Items.list(exchange, sources.readModel().clusters());
    }

    void cluster(Exchange exchange) {
        var name = exchange.path("name");
        exchange.json(sources.readModel()
                .cluster(name)
                .orElseThrow(() -> Problems.refused(
                        404,
                        "unknown-cluster",
                        "no cluster \"" + name + "\"; shiplog get clusters lists those there are")));
    }

    void sealingKey(Exchange exchange) {
        exchange.json(sources.sealingKey().get());
    }

    void releaseSchema(Exchange exchange) {
        exchange.text(200, "application/schema+json", sources.releaseSchema().get());
    }

    void openApi(Exchange exchange) {
        exchange.text(200, "application/json", openApi);
    }

    void root(Exchange exchange) {
        exchange.redirect("/openapi.json");
    }

    /** The process answers. */
    void live(Exchange exchange) {
        exchange.text(200, "text/plain", "ok\n");
    }

    /** Everything we need answers. */
    void ready(Exchange exchange) {
        var missing = sources.readiness().missing();
        if (!missing.isEmpty()) {
            throw Problems.refused(503, "not-ready", String.join("; ", missing));
        }
        exchange.text(200, "text/plain", "ok\n");
    }

    private static String document() {
        try (var document = FleetRoutes.class.getResourceAsStream("openapi.json")) {
            if (document == null) {
                throw new IllegalStateException("openapi.json is not beside its class");
            }
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
