/** ReplicaSets: as many pods as wanted, and which of them go first when there are too many. */
@NullMarked
package dev.shiplog.localcluster.replicaset;

import org.jspecify.annotations.NullMarked;
