/** Kubernetes quantities in the one form that the API server stores. */
@NullMarked
package dev.shiplog.kubernetes.quantity;

import org.jspecify.annotations.NullMarked;
