/** Strategies whose candidates are evaluated on less than the real thing, all of them alike. */
@NullMarked
package dev.troupe.strategy.proxy;

import org.jspecify.annotations.NullMarked;
