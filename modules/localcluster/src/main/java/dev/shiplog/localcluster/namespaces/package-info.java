/** What a new namespace gets, and how one that is deleted is emptied. */
@NullMarked
package dev.shiplog.localcluster.namespaces;

import org.jspecify.annotations.NullMarked;
