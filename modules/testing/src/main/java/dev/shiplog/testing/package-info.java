/** The broker and the database that integration tests run against: our own, or those of containers. */
@NullMarked
package dev.shiplog.testing;

import org.jspecify.annotations.NullMarked;
