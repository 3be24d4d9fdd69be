/** What is true only now and is kept nowhere: sightings of clusters, and word that something has changed. */
@NullMarked
package dev.shiplog.views.live;

import org.jspecify.annotations.NullMarked;
