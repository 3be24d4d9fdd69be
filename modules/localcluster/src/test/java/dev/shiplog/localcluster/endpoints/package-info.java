/** Which pods stand behind a Service. */
@NullMarked
package dev.shiplog.localcluster.endpoints;

import org.jspecify.annotations.NullMarked;
