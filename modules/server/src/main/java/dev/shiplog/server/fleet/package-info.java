/** The folder that declares the clusters, a folder per cluster. */
@NullMarked
package dev.shiplog.server.fleet;

import org.jspecify.annotations.NullMarked;
