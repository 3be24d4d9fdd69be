/** What becomes of patches that fit, and of those that do not. */
@NullMarked
package dev.shiplog.localcluster.patch;

import org.jspecify.annotations.NullMarked;
