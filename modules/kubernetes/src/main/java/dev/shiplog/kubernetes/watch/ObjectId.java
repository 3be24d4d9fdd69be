package dev.shiplog.kubernetes.watch;

import dev.shiplog.domain.json.Json;

/** Which object of a cluster. */
record ObjectId(WatchedKind kind, String namespace, String name) {

    static ObjectId of(WatchedKind kind, Json.Obj object) {
        var metadata = object.object("metadata");
        return new ObjectId(
                kind,
                metadata.text("namespace").orElse(""),
                metadata.text("name").orElse(""));
    }

    /** The version of an object or a list as a number, which clients may compare within a kind; 0 if it is none. */
    static long version(Json.Obj object) {
        return object.object("metadata")
                .text("resourceVersion")
                .filter(digits -> digits.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
