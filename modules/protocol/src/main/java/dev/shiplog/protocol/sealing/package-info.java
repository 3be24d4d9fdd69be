/** Secrets on their way: sealed by the submitter, opened only where they are written to a cluster. */
@NullMarked
package dev.shiplog.protocol.sealing;

import org.jspecify.annotations.NullMarked;
