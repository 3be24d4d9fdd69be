/** Commands in; outcomes, events and dead letters out. */
@NullMarked
package dev.shiplog.kafka;

import org.jspecify.annotations.NullMarked;
