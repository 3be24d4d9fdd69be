/** What a real API server answered, as fixtures, and how ours is held against it. */
@NullMarked
package dev.shiplog.localcluster.recordings;

import org.jspecify.annotations.NullMarked;
