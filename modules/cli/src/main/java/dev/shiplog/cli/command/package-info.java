/** The commands as people type them, kubectl's words for kubectl's things; each says by itself how it is used. */
@NullMarked
package dev.shiplog.cli.command;

import org.jspecify.annotations.NullMarked;
