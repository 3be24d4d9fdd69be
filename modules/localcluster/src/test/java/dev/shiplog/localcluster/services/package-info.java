/** Addresses from outside. */
@NullMarked
package dev.shiplog.localcluster.services;

import org.jspecify.annotations.NullMarked;
