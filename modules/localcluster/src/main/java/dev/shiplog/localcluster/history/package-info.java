/** ControllerRevisions: the templates that StatefulSets and DaemonSets have had. */
@NullMarked
package dev.shiplog.localcluster.history;

import org.jspecify.annotations.NullMarked;
