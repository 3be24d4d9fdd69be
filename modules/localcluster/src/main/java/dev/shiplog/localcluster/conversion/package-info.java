/** Between the version in which a kind is kept and the others in which it is served. */
@NullMarked
package dev.shiplog.localcluster.conversion;

import org.jspecify.annotations.NullMarked;
