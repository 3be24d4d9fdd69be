/** How a rollout gets from what stands on a cluster to what is wanted: layouts, and the moves between them. */
@NullMarked
package dev.shiplog.domain.course;

import org.jspecify.annotations.NullMarked;
