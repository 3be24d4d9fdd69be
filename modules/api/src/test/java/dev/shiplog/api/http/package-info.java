/** Tests of what all routes share. */
@NullMarked
package dev.shiplog.api.http;

import org.jspecify.annotations.NullMarked;
