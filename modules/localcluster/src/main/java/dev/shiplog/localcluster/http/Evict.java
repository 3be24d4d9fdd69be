package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.disruption.Evictions;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Deletion.Propagation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The subresource /eviction of pods: a deletion that may be refused for the sake of the others. */
final class Evict {
    private final Backend backend;

    Evict(Backend backend) {
        this.backend = backend;
    }

    void create(Call call, Target target) {
        JsonNode eviction = Decoder.json(call);
        if (!Json.text(eviction, "metadata", "name").equals(target.name())) {
            throw StatusException.badRequest("name in URL does not match name in Eviction object");
        }
        JsonNode grace = eviction.path("deleteOptions").path("gracePeriodSeconds");
        Long seconds = grace.isIntegralNumber() ? Long.valueOf(grace.longValue()) : null;
        Evictions.evict(
                backend.store(),
                target.key(),
                new Deletion(Propagation.BACKGROUND, seconds, call.dryRun()),
                backend.timers().now());
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        call.answer(201, status.put("status", "Success").put("code", 201));
    }
}
