/** What the API shows, as records that are JSON on the wire: the shapes that the CLI and the dashboard read. */
@NullMarked
package dev.shiplog.protocol.view;

import org.jspecify.annotations.NullMarked;
