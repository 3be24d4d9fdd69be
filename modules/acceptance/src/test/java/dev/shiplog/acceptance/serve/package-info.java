/** {@code shiplog serve} against services that others run. */
@NullMarked
package dev.shiplog.acceptance.serve;

import org.jspecify.annotations.NullMarked;
