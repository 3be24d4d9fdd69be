/** Canary and blue-green, and the ways between strategies, under requests that never stop. */
@NullMarked
package dev.shiplog.acceptance.strategies;

import org.jspecify.annotations.NullMarked;
