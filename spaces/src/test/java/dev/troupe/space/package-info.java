/** Tests of search spaces, and {@link dev.troupe.space.RandomSpaces} for tests of who uses them. */
@NullMarked
package dev.troupe.space;

import org.jspecify.annotations.NullMarked;
