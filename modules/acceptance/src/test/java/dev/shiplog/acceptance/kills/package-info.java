/** The real thing, in a process of its own, killed and stopped under load: nothing lost, nothing done twice. */
@NullMarked
package dev.shiplog.acceptance.kills;

import org.jspecify.annotations.NullMarked;
