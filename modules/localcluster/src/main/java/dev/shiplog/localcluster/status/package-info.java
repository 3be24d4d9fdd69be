/** Refusals as Kubernetes words them: a Status with code, reason and causes. */
@NullMarked
package dev.shiplog.localcluster.status;

import org.jspecify.annotations.NullMarked;
