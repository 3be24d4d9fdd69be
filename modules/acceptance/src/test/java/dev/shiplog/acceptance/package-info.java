/** The whole thing, end to end on its real parts, and the rules of its layering. */
@NullMarked
package dev.shiplog.acceptance;

import org.jspecify.annotations.NullMarked;
