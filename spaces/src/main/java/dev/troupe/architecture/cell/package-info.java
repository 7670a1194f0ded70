/**
 * Spaces of cells: small graphs of operations that are searched once and repeated along a network,
 * the operations that they are made of, and the networks around them.
 */
@NullMarked
package dev.troupe.architecture.cell;

import org.jspecify.annotations.NullMarked;
