/** Kinds that are asked for in another version than the one in which they are kept. */
@NullMarked
package dev.shiplog.localcluster.conversion;

import org.jspecify.annotations.NullMarked;
