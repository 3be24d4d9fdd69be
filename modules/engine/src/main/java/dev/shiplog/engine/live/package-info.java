/** What the clusters show now, for everybody who looks. */
@NullMarked
package dev.shiplog.engine.live;

import org.jspecify.annotations.NullMarked;
