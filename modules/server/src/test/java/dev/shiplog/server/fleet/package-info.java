/** What the fleet's folder is read as, and what it is refused for. */
@NullMarked
package dev.shiplog.server.fleet;

import org.jspecify.annotations.NullMarked;
