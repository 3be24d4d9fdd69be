/** What becomes of a cluster whose nodes fail. */
@NullMarked
package dev.shiplog.localcluster.nodes;

import org.jspecify.annotations.NullMarked;
