/** The actors of a study: each a thin shell over a plain object. */
@NullMarked
package dev.troupe.actor;

import org.jspecify.annotations.NullMarked;
