/** What an installation is told, and what it is told wrongly. */
@NullMarked
package dev.shiplog.server.config;

import org.jspecify.annotations.NullMarked;
