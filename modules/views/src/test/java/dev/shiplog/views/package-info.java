/** Tests of the read model, with the stories they tell. */
@NullMarked
package dev.shiplog.views;

import org.jspecify.annotations.NullMarked;
