/** The facade: start Troupe, describe a study, run it, await its result. */
@NullMarked
package dev.troupe;

import org.jspecify.annotations.NullMarked;
