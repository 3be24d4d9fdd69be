/** ResourceQuotas: what a namespace may use in all, at admission and in the status. */
@NullMarked
package dev.shiplog.localcluster.quota;

import org.jspecify.annotations.NullMarked;
