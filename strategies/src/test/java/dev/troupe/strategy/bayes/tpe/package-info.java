/** Tests of the tree-structured Parzen estimator. */
@NullMarked
package dev.troupe.strategy.bayes.tpe;

import org.jspecify.annotations.NullMarked;
