/** What kubectl shows of objects. */
@NullMarked
package dev.shiplog.localcluster.table;

import org.jspecify.annotations.NullMarked;
