/** StatefulSets: pods with numbers, which come and go in the order of these. */
@NullMarked
package dev.shiplog.localcluster.statefulset;

import org.jspecify.annotations.NullMarked;
