/** The command line; it knows only the API. */
@NullMarked
package dev.shiplog.cli;

import org.jspecify.annotations.NullMarked;
