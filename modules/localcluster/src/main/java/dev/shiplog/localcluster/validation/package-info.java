/** What Kubernetes refuses although it can be read. */
@NullMarked
package dev.shiplog.localcluster.validation;

import org.jspecify.annotations.NullMarked;
