/** HTTP and server-sent events: the only door of the CLI and the dashboard. */
@NullMarked
package dev.shiplog.api;

import org.jspecify.annotations.NullMarked;
