/** How requests are answered, whatever they are about. */
@NullMarked
package dev.shiplog.localcluster.http;

import org.jspecify.annotations.NullMarked;
