/** Clusters and the rollouts on them. */
@NullMarked
package dev.shiplog.engine.cluster;

import org.jspecify.annotations.NullMarked;
