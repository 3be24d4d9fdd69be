/** The rules of releasing: sealed records and pure functions, free of clocks, chance and effects. */
@NullMarked
package dev.shiplog.domain;

import org.jspecify.annotations.NullMarked;
