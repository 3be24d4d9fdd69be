/** The ways of HTTP that all routes share: work off the event loops, answers, problems and streams. */
@NullMarked
package dev.shiplog.api.http;

import org.jspecify.annotations.NullMarked;
