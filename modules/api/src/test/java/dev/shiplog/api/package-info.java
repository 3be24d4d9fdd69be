/** Tests of the API over real HTTP. */
@NullMarked
package dev.shiplog.api;

import org.jspecify.annotations.NullMarked;
