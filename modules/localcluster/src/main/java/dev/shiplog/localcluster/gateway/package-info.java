/** HTTPRoutes of the Gateway API: how requests are split over Services by weight. */
@NullMarked
package dev.shiplog.localcluster.gateway;

import org.jspecify.annotations.NullMarked;
