/** Reproducible randomness: streams of a study, derived from its seed. */
@NullMarked
package dev.troupe.random;

import org.jspecify.annotations.NullMarked;
