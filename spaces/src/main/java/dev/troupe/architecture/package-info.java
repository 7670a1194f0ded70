/** Architectures of networks: immutable typed graphs of layers, their spaces and morphisms. */
@NullMarked
package dev.troupe.architecture;

import org.jspecify.annotations.NullMarked;
