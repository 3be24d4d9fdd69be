/** What the API server says it serves. */
@NullMarked
package dev.shiplog.localcluster.discovery;

import org.jspecify.annotations.NullMarked;
