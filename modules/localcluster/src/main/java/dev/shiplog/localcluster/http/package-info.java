/** The API server: from a request to an answer. */
@NullMarked
package dev.shiplog.localcluster.http;

import org.jspecify.annotations.NullMarked;
