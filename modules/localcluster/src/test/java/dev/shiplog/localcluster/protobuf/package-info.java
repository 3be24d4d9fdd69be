/** Binary bodies. */
@NullMarked
package dev.shiplog.localcluster.protobuf;

import org.jspecify.annotations.NullMarked;
