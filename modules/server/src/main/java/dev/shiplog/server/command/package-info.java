/** The commands that start a server, as they are typed. */
@NullMarked
package dev.shiplog.server.command;

import org.jspecify.annotations.NullMarked;
