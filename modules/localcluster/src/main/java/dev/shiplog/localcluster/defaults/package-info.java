/** What Kubernetes fills in where an object says nothing. */
@NullMarked
package dev.shiplog.localcluster.defaults;

import org.jspecify.annotations.NullMarked;
