/** What goes wrong between a client and a cluster, on purpose. */
@NullMarked
package dev.shiplog.localcluster.faults;

import org.jspecify.annotations.NullMarked;
