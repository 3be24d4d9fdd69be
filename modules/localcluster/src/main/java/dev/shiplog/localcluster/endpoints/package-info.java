/** EndpointSlices: which pods stand behind a Service. One slice per Service, whatever its size. */
@NullMarked
package dev.shiplog.localcluster.endpoints;

import org.jspecify.annotations.NullMarked;
