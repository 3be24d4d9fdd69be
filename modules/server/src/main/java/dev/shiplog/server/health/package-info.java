/** Whether this node can do its work, and whether what it shows is what has happened. */
@NullMarked
package dev.shiplog.server.health;

import org.jspecify.annotations.NullMarked;
