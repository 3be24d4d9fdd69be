/** Answers requests to the Services of a cluster, as their pods would if there were any processes in them. */
@NullMarked
package dev.shiplog.localcluster.traffic;

import org.jspecify.annotations.NullMarked;
