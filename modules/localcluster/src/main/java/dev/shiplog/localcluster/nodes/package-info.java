/** The simulated nodes of a cluster. */
@NullMarked
package dev.shiplog.localcluster.nodes;

import org.jspecify.annotations.NullMarked;
