/**
 * The linear algebra that surrogates need, behind one small interface: libraries for what costs
 * most, and plain Java for what they lack.
 */
@NullMarked
package dev.troupe.strategy.bayes.linear;

import org.jspecify.annotations.NullMarked;
