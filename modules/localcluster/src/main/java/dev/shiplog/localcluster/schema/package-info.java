/** What the kinds look like: fields, types, and how lists and maps are merged and owned. */
@NullMarked
package dev.shiplog.localcluster.schema;

import org.jspecify.annotations.NullMarked;
