/** The linear algebra that surrogates need, behind one small interface. */
@NullMarked
package dev.troupe.strategy.bayes.linear;

import org.jspecify.annotations.NullMarked;
