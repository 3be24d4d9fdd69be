/** Why pods do not become available. */
@NullMarked
package dev.shiplog.kubernetes.explain;

import org.jspecify.annotations.NullMarked;
