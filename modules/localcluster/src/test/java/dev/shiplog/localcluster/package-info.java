/** Whether a local cluster behaves as a real one. */
@NullMarked
package dev.shiplog.localcluster;

import org.jspecify.annotations.NullMarked;
