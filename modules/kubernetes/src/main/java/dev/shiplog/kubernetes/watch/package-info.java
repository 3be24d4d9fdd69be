/** What a cluster shows: lists, watches and the observations made of them. */
@NullMarked
package dev.shiplog.kubernetes.watch;

import org.jspecify.annotations.NullMarked;
