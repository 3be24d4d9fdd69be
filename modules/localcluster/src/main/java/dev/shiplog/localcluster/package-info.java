/** A Kubernetes API with controllers in the JVM, true to a real one and free of Shiplog. */
@NullMarked
package dev.shiplog.localcluster;

import org.jspecify.annotations.NullMarked;
