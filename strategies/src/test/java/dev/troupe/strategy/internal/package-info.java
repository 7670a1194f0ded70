/** Tests of what several search algorithms share. */
@NullMarked
package dev.troupe.strategy.internal;

import org.jspecify.annotations.NullMarked;
