/** Clusters and the rollouts on them: the gateway's role, and the actors that use it. */
@NullMarked
package dev.shiplog.engine.cluster;

import org.jspecify.annotations.NullMarked;
