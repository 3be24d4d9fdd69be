/** Amounts as Kubernetes writes them: 200m, 10Mi, 1k. */
@NullMarked
package dev.shiplog.localcluster.quantity;

import org.jspecify.annotations.NullMarked;
