/** One application on one cluster: what is asked of the cluster, what it shows, and when that is done. */
@NullMarked
package dev.shiplog.domain.rollout;

import org.jspecify.annotations.NullMarked;
