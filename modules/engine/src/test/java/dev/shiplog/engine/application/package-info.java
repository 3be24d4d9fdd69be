/** An application's actor at the bounds of what it keeps. */
@NullMarked
package dev.shiplog.engine.application;

import org.jspecify.annotations.NullMarked;
