/** Commands from outside, handed to their application, and the outcome handed back. */
@NullMarked
package dev.shiplog.engine.ingest;

import org.jspecify.annotations.NullMarked;
