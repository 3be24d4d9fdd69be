/** The Events by which controllers tell people what they did, and why something did not work. */
@NullMarked
package dev.shiplog.localcluster.events;

import org.jspecify.annotations.NullMarked;
