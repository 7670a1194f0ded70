/** Tests of the search by morphisms. */
@NullMarked
package dev.troupe.strategy.bayes.morphism;

import org.jspecify.annotations.NullMarked;
