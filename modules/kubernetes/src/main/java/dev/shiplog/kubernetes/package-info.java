/** The cluster gateway: applies, watches and explains over the Kubernetes API. */
@NullMarked
package dev.shiplog.kubernetes;

import org.jspecify.annotations.NullMarked;
