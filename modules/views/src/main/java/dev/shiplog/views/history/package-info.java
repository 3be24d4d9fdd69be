/** What the events add up to, folded batch by batch into tables, each batch exactly once. */
@NullMarked
package dev.shiplog.views.history;

import org.jspecify.annotations.NullMarked;
