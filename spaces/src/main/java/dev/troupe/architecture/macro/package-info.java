/**
 * Spaces of whole networks: chains and skips, bit strings, fractals and random wirings, and what
 * they share. Each space is one provider; spaces of repeated cells live elsewhere.
 */
@NullMarked
package dev.troupe.architecture.macro;

import org.jspecify.annotations.NullMarked;
