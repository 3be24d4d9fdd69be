/** The clusters we know and how some of them are chosen. */
@NullMarked
package dev.shiplog.domain.fleet;

import org.jspecify.annotations.NullMarked;
