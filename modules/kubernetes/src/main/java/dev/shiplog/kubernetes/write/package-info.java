/** Applying and deleting, fenced by generation. */
@NullMarked
package dev.shiplog.kubernetes.write;

import org.jspecify.annotations.NullMarked;
