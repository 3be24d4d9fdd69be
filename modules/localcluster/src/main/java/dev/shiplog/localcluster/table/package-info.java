/** Objects as rows, as kubectl prints them. */
@NullMarked
package dev.shiplog.localcluster.table;

import org.jspecify.annotations.NullMarked;
