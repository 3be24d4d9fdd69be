/** Read models folded from events. */
@NullMarked
package dev.shiplog.views;

import org.jspecify.annotations.NullMarked;
