/** The only door of the command line: Shiplog's HTTP API. */
@NullMarked
package dev.shiplog.cli.api;

import org.jspecify.annotations.NullMarked;
