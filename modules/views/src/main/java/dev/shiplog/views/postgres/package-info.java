/** The read model in PostgreSQL, asked. */
@NullMarked
package dev.shiplog.views.postgres;

import org.jspecify.annotations.NullMarked;
