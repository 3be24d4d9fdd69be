/** DaemonSets: one pod on every node that will have it. */
@NullMarked
package dev.shiplog.localcluster.daemonset;

import org.jspecify.annotations.NullMarked;
