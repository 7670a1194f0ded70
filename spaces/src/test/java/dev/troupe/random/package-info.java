/** Tests. */
@NullMarked
package dev.troupe.random;

import org.jspecify.annotations.NullMarked;
