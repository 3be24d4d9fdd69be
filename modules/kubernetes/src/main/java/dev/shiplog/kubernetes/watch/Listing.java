package dev.shiplog.kubernetes.watch;

import java.util.Map;

/** All objects of a kind as they were at one version of the cluster. */
record Listing(Map<ObjectId, Shown> objects, long version) {

    /** Versions are compared, which the API allows for those of one kind; 0 for one that is no number. */
    static long version(String resourceVersion) {
        return resourceVersion.matches("\\d{1,18}") ? Long.parseLong(resourceVersion) : 0;
    }
}
