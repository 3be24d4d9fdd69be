/** Tests of who may do what. */
@NullMarked
package dev.shiplog.localcluster.access;

import org.jspecify.annotations.NullMarked;
