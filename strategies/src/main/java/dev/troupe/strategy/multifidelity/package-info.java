/**
 * Strategies that give little to many candidates and more to the best of them: trials pause at a
 * low fidelity and are resumed, under their own numbers, if they are promoted. A schedule says
 * which trial runs next and how far, a proposer which configuration a new trial has.
 */
@NullMarked
package dev.troupe.strategy.multifidelity;

import org.jspecify.annotations.NullMarked;
