/** Where controllers attach to a cluster. */
@NullMarked
package dev.shiplog.localcluster.control;

import org.jspecify.annotations.NullMarked;
