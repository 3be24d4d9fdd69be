/** HTTPS. */
@NullMarked
package dev.shiplog.localcluster.tls;

import org.jspecify.annotations.NullMarked;
