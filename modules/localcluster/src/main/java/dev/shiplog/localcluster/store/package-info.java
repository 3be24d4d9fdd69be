/** The objects of one cluster in memory, under one growing resource version, and the changes to them in order. */
@NullMarked
package dev.shiplog.localcluster.store;

import org.jspecify.annotations.NullMarked;
