/** Server-side apply: who owns which field, and what happens when two want the same. */
@NullMarked
package dev.shiplog.localcluster.apply;

import org.jspecify.annotations.NullMarked;
