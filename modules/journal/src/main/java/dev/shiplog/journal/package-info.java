/** Events in PostgreSQL: appended only, chained by hash, read back for ever. */
@NullMarked
package dev.shiplog.journal;

import org.jspecify.annotations.NullMarked;
