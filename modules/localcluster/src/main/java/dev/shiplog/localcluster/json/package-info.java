/** JSON trees that are never changed once shared: reading, comparing and copying on write. */
@NullMarked
package dev.shiplog.localcluster.json;

import org.jspecify.annotations.NullMarked;
