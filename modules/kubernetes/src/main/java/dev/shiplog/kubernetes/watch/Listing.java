package dev.shiplog.kubernetes.watch;

import java.time.Instant;
import java.util.Map;

/**
 * All objects of a kind.
 *
 * @param askedAt everything that was written before is in it
 */
record Listing(Map<ObjectId, Shown> objects, Instant askedAt) {}
