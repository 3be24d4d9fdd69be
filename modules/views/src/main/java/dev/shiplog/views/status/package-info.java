/** How an application is: the history and the sightings brought into one phase and one sentence. */
@NullMarked
package dev.shiplog.views.status;

import org.jspecify.annotations.NullMarked;
