/** Trees as values. */
@NullMarked
package dev.shiplog.localcluster.json;

import org.jspecify.annotations.NullMarked;
