/** The real broker and the real database, started and kept by our own process under one data folder. */
@NullMarked
package dev.shiplog.embedded;

import org.jspecify.annotations.NullMarked;
