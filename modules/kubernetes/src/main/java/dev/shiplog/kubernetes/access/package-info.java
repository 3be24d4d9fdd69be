/** Talking to one API server: how to reach it, how often, and where its kinds are. */
@NullMarked
package dev.shiplog.kubernetes.access;

import org.jspecify.annotations.NullMarked;
