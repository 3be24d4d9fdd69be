/** Ports, the loop that decides, appends and owes, and the actors that drive it. */
@NullMarked
package dev.shiplog.engine;

import org.jspecify.annotations.NullMarked;
