/** Main and wiring; the only module that knows all others. */
@NullMarked
package dev.shiplog.server;

import org.jspecify.annotations.NullMarked;
