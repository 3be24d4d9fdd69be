package dev.shiplog.cli.command;

import dev.shiplog.cli.Failure;
import dev.shiplog.cli.api.ShiplogApi;
import dev.shiplog.cli.releasefile.ReadRelease.ReadObject;
import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.json.Json;
import dev.shiplog.protocol.JsonValues;
import dev.shiplog.protocol.sealing.Sealer;
import dev.shiplog.protocol.sealing.SealingFailure;
import dev.shiplog.protocol.view.SealingKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns an object that was read into one that may leave this machine: of a Secret, only sealed values. */
interface Sealing {

    /** A {@code shiplog.v1.KubernetesObject} in its JSON form. */
    ObjectNode sealed(AppName app, ReadObject object);

    /** For a dry run: nothing is asked of the server, so the values are left out. */
    Sealing ONLY_SHOWN = (app, object) -> {
        var json = ShiplogApi.JSON.createObjectNode();
        json.set("object", object.json());
        object.secret().keySet().forEach(key -> json.withObject("sealed").put(key, "(sealed when it is sent)"));
        return json;
    };

    /** Seals with the server's public key, which is fetched when there is something to be sealed. */
    final class WithKeyOfServer implements Sealing {

        private final Session session;
        private @Nullable Sealer sealer;

        WithKeyOfServer(Session session) {
            this.session = session;
        }

        @Override
        public ObjectNode sealed(AppName app, ReadObject object) {
            return object.secret().isEmpty() ? exact(object.json()) : sealedSecret(app, object);
        }

        private ObjectNode sealedSecret(AppName app, ReadObject object) {
            try {
                var secret = sealer().seal(
                                new ApplicationName(app.namespace(), app.name()),
                                (Json.Obj) JsonValues.fromNode(object.json()),
                                object.secret());
                var json = exact(JsonValues.toNode(secret.json()));
                var values = json.putObject("sealed");
                secret.sealed().forEach(values::put);
                return json;
            } catch (SealingFailure e) {
                throw Failure.refused(String.valueOf(e.getMessage()), e);
            }
        }

        /** As text: a protobuf Struct would make floating point numbers of all numbers. */
        private static ObjectNode exact(JsonNode object) {
            return ShiplogApi.JSON.createObjectNode().put("json", ShiplogApi.JSON.writeValueAsString(object));
        }

        private Sealer sealer() {
            var made = sealer;
            if (made == null) {
                made = Sealer.with(session.api().get("/v1/sealing-key", SealingKey.class));
                sealer = made;
            }
            return made;
        }
    }
}
