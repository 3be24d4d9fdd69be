/** Which node a pod runs on, by what it requests and what is left. */
@NullMarked
package dev.shiplog.localcluster.scheduling;

import org.jspecify.annotations.NullMarked;
