/** Tests of spaces of whole networks. */
@NullMarked
package dev.troupe.architecture.macro;

import org.jspecify.annotations.NullMarked;
