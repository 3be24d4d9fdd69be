/** Simulated kubelets: pods that start, fail, crash and stop as their images' names say, without any process. */
@NullMarked
package dev.shiplog.localcluster.kubelet;

import org.jspecify.annotations.NullMarked;
