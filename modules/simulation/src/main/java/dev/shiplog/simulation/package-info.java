/** A seeded world in which the real rules meet loss, delay, reordering and crashes. */
@NullMarked
package dev.shiplog.simulation;

import org.jspecify.annotations.NullMarked;
