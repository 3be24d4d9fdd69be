/** Read models folded from events, joined with what the clusters show now: the questions that can be asked. */
@NullMarked
package dev.shiplog.views;

import org.jspecify.annotations.NullMarked;
