/** The command line, and the wiring of all modules into one program. Nothing imports it. */
@NullMarked
package dev.troupe.daemon;

import org.jspecify.annotations.NullMarked;
