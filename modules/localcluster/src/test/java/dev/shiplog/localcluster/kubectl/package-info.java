/** What kubectl, unmodified and of whatever version, makes of a local cluster. */
@NullMarked
package dev.shiplog.localcluster.kubectl;

import org.jspecify.annotations.NullMarked;
