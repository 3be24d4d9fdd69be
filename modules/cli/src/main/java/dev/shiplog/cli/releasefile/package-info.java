/** Reads release files and Kubernetes manifests into releases, and says of everything wrong what, where and what to do. */
@NullMarked
package dev.shiplog.cli.releasefile;

import org.jspecify.annotations.NullMarked;
