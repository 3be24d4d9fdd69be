/** The clock and the single thread of a cluster, which tests can drive. */
@NullMarked
package dev.shiplog.localcluster.time;

import org.jspecify.annotations.NullMarked;
