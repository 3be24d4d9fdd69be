/** Whether a cluster has room for more pods: arithmetic, and apart from it the reading of what it needs. */
@NullMarked
package dev.shiplog.kubernetes.capacity;

import org.jspecify.annotations.NullMarked;
