/** Load on the whole system, and its figures as ratios within one run. */
@NullMarked
package dev.shiplog.benchmarks;

import org.jspecify.annotations.NullMarked;
