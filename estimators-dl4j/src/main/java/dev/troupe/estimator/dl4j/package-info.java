/**
 * Estimators that train Deeplearning4j networks. The only package that sees Deeplearning4j and
 * ND4J: arrays and networks never leave it, only numbers do.
 */
@NullMarked
package dev.troupe.estimator.dl4j;

import org.jspecify.annotations.NullMarked;
