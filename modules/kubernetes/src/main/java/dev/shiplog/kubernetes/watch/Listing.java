package dev.shiplog.kubernetes.watch;

import java.time.Instant;
import java.util.Map;

/**
 * All objects of a kind.
 *
 * @param askedAt everything that was written before is in it
 * @param version as which the server has them; 0 where it is no number
 */
record Listing(Map<ObjectId, Shown> objects, Instant askedAt, long version) {}
