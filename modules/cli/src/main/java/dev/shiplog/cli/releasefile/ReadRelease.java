package dev.shiplog.cli.releasefile;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * A release as it was read, before anything was sealed or sent.
 *
 * @param source the file, for messages
 * @param namespace that the files name
 * @param spec clusters, strategy and overrides in the JSON form of {@code shiplog.v1.ReleaseSpec}; the objects are beside
 */
public record ReadRelease(
        String source,
        Optional<String> namespace,
        String name,
        String cause,
        List<ReadObject> objects,
        ObjectNode spec) {

    /**
     * One Kubernetes object.
     *
     * @param json all of it but a Secret's values
     * @param secret a Secret's values by key, in the clear: not to be shown, logged or sent
     */
    public record ReadObject(ObjectNode json, SortedMap<String, byte[]> secret) {

        public String kind() {
            return json.path("kind").asString("");
        }

        public String name() {
            return json.path("metadata").path("name").asString("");
        }

        /** Only what may be seen. */
        @Override
        public String toString() {
            return kind() + " " + name();
        }
    }
}
