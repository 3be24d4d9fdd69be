/** The tour that shows every row of the walkthrough on a local installation. */
@NullMarked
package dev.shiplog.server.demo;

import org.jspecify.annotations.NullMarked;
