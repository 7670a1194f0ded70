/** The tree-structured Parzen estimator: what good trials have that bad ones have not. */
@NullMarked
package dev.troupe.strategy.bayes.tpe;

import org.jspecify.annotations.NullMarked;
