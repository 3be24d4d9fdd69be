/** What a release is: objects, strategy, overrides and where it goes; and what it looks like on one cluster. */
@NullMarked
package dev.shiplog.domain.release;

import org.jspecify.annotations.NullMarked;
