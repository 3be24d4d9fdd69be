/** What is deleted takes with it what it owns. */
@NullMarked
package dev.shiplog.localcluster.garbage;

import org.jspecify.annotations.NullMarked;
