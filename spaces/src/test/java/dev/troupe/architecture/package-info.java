/** Tests of architectures. */
@NullMarked
package dev.troupe.architecture;

import org.jspecify.annotations.NullMarked;
