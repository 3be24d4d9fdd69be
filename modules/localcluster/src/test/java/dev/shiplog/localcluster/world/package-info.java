/** Where recordings are carried out: a local cluster on driven time, or any cluster there is on real time. */
@NullMarked
package dev.shiplog.localcluster.world;

import org.jspecify.annotations.NullMarked;
