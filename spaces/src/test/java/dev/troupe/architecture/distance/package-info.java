/** Tests of the distances of architectures. */
@NullMarked
package dev.troupe.architecture.distance;

import org.jspecify.annotations.NullMarked;
