/** The actor of an application, and who finds it. */
@NullMarked
package dev.shiplog.engine.application;

import org.jspecify.annotations.NullMarked;
