/** The contract kit for strategies, and tests of what the strategies share. */
@NullMarked
package dev.troupe.strategy;

import org.jspecify.annotations.NullMarked;
