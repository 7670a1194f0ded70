/** Tests of drawings. */
@NullMarked
package dev.troupe.architecture.draw;

import org.jspecify.annotations.NullMarked;
