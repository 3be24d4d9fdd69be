/** A whole installation on one machine: broker, database and clusters, embedded and real. */
@NullMarked
package dev.shiplog.server.local;

import org.jspecify.annotations.NullMarked;
