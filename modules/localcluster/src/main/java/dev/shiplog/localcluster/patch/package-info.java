/** JSON patch, merge patch and strategic merge patch. */
@NullMarked
package dev.shiplog.localcluster.patch;

import org.jspecify.annotations.NullMarked;
