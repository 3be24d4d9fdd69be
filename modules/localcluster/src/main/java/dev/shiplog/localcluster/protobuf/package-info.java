/** The binary bodies that kubectl and other clients in Go prefer to send. */
@NullMarked
package dev.shiplog.localcluster.protobuf;

import org.jspecify.annotations.NullMarked;
