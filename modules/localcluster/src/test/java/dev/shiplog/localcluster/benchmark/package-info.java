/** How fast local clusters are and how much room they take; run by name only, see the README. */
@NullMarked
package dev.shiplog.localcluster.benchmark;

import org.jspecify.annotations.NullMarked;
