/** PodDisruptionBudgets: how many pods may be disturbed at a time, and evictions that ask. */
@NullMarked
package dev.shiplog.localcluster.disruption;

import org.jspecify.annotations.NullMarked;
