/** Drawings of architectures: graphs for Graphviz, and pictures that need nothing else. */
@NullMarked
package dev.troupe.architecture.draw;

import org.jspecify.annotations.NullMarked;
