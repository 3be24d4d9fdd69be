/** What an API server's refusals mean. */
@NullMarked
package dev.shiplog.kubernetes.trouble;

import org.jspecify.annotations.NullMarked;
