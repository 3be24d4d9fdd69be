/** Label selectors, written as text or as objects. */
@NullMarked
package dev.shiplog.localcluster.selector;

import org.jspecify.annotations.NullMarked;
