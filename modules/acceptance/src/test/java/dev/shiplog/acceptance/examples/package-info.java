/** The examples, as their READMEs tell them. */
@NullMarked
package dev.shiplog.acceptance.examples;

import org.jspecify.annotations.NullMarked;
