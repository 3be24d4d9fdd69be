/** Kubernetes objects as files name them. */
@NullMarked
package dev.shiplog.acceptance.objects;

import org.jspecify.annotations.NullMarked;
