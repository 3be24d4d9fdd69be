/** What tells that something is wrong. */
@NullMarked
package dev.shiplog.server.health;

import org.jspecify.annotations.NullMarked;
