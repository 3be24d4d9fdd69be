/** What the tables' side of the read model keeps in memory. */
@NullMarked
package dev.shiplog.views.history;

import org.jspecify.annotations.NullMarked;
