/** JSON as a value, for objects whose fields mostly pass through. */
@NullMarked
package dev.shiplog.domain.json;

import org.jspecify.annotations.NullMarked;
