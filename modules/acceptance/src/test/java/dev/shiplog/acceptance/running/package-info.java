/** Shiplog in a JVM of its own, and how it is started, spoken to and waited for. */
@NullMarked
package dev.shiplog.acceptance.running;

import org.jspecify.annotations.NullMarked;
