/**
 * Estimators in a process of their own: {@code estimator.isolation = process} in a study file.
 *
 * <p>An {@link dev.troupe.estimator.isolation.IsolatedEstimator} looks like any other, but what
 * evaluates is the same estimator in a child JVM, made there from an {@link
 * dev.troupe.estimator.isolation.EstimatorRecipe}. A child is started before it is needed, serves
 * one trial at a time and many in a row, and is replaced when it dies: a crash of native code, a
 * call of {@code Runtime.halt} or a kill for want of memory costs the trial that ran in it, and
 * nothing else. What does not end when it is told to is killed, together with all that it started.
 *
 * <p>Parent and child talk in {@link dev.troupe.estimator.isolation.Frames frames} over the child's
 * standard input and output. Whatever else in the child prints to standard output, native code
 * included, is set apart from them; {@code System.out} is standard error there. Checkpoints and
 * weights go through files in a folder that both know. A child whose standard input ends halts at
 * once, so that none outlives its parent, whatever ended that.
 */
@NullMarked
package dev.troupe.estimator.isolation;

import org.jspecify.annotations.NullMarked;
