@NullMarked
package dev.shiplog.localcluster.traffic;

import org.jspecify.annotations.NullMarked;
