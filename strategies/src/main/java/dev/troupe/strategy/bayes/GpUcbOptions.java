package dev.troupe.strategy.bayes;

import static java.util.Objects.requireNonNull;

import dev.troupe.strategy.bayes.linear.LinearAlgebra;

/**
 * How {@link GpUcbStrategy} goes about it.
 *
 * @param acquisition by what it chooses
 * @param initial suggestions before the first that follows the process, at least 1
 * @param mostHeld observations that the process holds
 * @param patience trials without an improvement after which the region that is searched is halved;
 *     0 for no region but the whole space
 * @param algebra what it computes with
 */
record GpUcbOptions(
    AcquisitionKind acquisition, int initial, int mostHeld, int patience, LinearAlgebra algebra) {

  GpUcbOptions {
    requireNonNull(acquisition, "acquisition");
    requireNonNull(algebra, "algebra");
  }
}
