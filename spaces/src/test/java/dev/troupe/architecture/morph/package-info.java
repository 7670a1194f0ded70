/** Tests of morphisms, and random networks for tests of who uses them. */
@NullMarked
package dev.troupe.architecture.morph;

import org.jspecify.annotations.NullMarked;
