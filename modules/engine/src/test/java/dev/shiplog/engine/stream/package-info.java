/** The loop's own memory of what it has asked for. */
@NullMarked
package dev.shiplog.engine.stream;

import org.jspecify.annotations.NullMarked;
