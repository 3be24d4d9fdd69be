/** What everybody who deals with pods needs to know of one. */
@NullMarked
package dev.shiplog.localcluster.pods;

import org.jspecify.annotations.NullMarked;
