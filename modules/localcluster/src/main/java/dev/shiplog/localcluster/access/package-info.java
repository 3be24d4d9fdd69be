/** Who asks, and what they may. */
@NullMarked
package dev.shiplog.localcluster.access;

import org.jspecify.annotations.NullMarked;
