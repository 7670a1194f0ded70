/**
 * Changes of an architecture that keep its function, and what becomes of its weights: pure data
 * that whoever holds the weights carries out.
 */
@NullMarked
package dev.troupe.architecture.morph;

import org.jspecify.annotations.NullMarked;
