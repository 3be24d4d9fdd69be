/** What has changed lately, and the streams of those who watch. */
@NullMarked
package dev.shiplog.localcluster.watch;

import org.jspecify.annotations.NullMarked;
