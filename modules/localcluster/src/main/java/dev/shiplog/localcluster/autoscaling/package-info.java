/** HorizontalPodAutoscalers, as far as they work without metrics: they keep a workload within its limits. */
@NullMarked
package dev.shiplog.localcluster.autoscaling;

import org.jspecify.annotations.NullMarked;
