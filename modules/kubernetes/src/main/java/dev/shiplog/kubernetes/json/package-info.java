/** Reading JSON from the API server into the domain's values. */
@NullMarked
package dev.shiplog.kubernetes.json;

import org.jspecify.annotations.NullMarked;
