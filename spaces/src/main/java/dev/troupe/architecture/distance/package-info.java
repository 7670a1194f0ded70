/**
 * How different two architectures are: the edit distance of Auto-Keras, the transport distance of
 * NASBOT, and coordinates and kernels made of distances.
 */
@NullMarked
package dev.troupe.architecture.distance;

import org.jspecify.annotations.NullMarked;
