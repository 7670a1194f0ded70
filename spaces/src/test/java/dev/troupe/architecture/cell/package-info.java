/** Tests of cells and of their spaces. */
@NullMarked
package dev.troupe.architecture.cell;

import org.jspecify.annotations.NullMarked;
