@NullMarked
package dev.shiplog.localcluster.deployment;

import org.jspecify.annotations.NullMarked;
