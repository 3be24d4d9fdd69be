/** One application over all its clusters: its releases, what each cluster owes, and the rules for every command. */
@NullMarked
package dev.shiplog.domain.application;

import org.jspecify.annotations.NullMarked;
