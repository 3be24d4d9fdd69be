/** Namespaces that come and go. */
@NullMarked
package dev.shiplog.localcluster.namespaces;

import org.jspecify.annotations.NullMarked;
