/** The loop around a decider: decide, append, owe; it knows no actors and no database. */
@NullMarked
package dev.shiplog.engine.stream;

import org.jspecify.annotations.NullMarked;
