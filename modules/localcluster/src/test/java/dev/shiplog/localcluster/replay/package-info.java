/** What a real API server answered, asked of a local cluster again. */
@NullMarked
package dev.shiplog.localcluster.replay;

import org.jspecify.annotations.NullMarked;
