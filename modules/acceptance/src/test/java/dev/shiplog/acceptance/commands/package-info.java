/** Commands from the topic to the journal: none lost, none twice. */
@NullMarked
package dev.shiplog.acceptance.commands;

import org.jspecify.annotations.NullMarked;
