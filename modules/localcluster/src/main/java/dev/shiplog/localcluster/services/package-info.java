/** Addresses from outside for Services of type LoadBalancer. */
@NullMarked
package dev.shiplog.localcluster.services;

import org.jspecify.annotations.NullMarked;
