/** The words on the wire and in the journal: code generated from /proto, and its translation to the domain. */
@NullMarked
package dev.shiplog.protocol;

import org.jspecify.annotations.NullMarked;
