/** Certificates that a cluster makes for itself. */
@NullMarked
package dev.shiplog.localcluster.tls;

import org.jspecify.annotations.NullMarked;
