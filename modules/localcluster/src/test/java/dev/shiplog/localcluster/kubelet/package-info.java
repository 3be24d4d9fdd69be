/** What becomes of pods. */
@NullMarked
package dev.shiplog.localcluster.kubelet;

import org.jspecify.annotations.NullMarked;
