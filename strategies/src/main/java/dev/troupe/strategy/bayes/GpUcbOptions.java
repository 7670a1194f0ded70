package dev.troupe.strategy.bayes;

import static java.util.Objects.requireNonNull;

/**
 * How {@link GpUcbStrategy} goes about it.
 *
 * @param acquisition by what it chooses
 * @param initial suggestions before the first that follows the process, at least 1
 * @param mostHeld observations that the process holds
 * @param patience trials without an improvement after which the region that is searched is halved;
 *     0 for no region but the whole space
 */
record GpUcbOptions(AcquisitionKind acquisition, int initial, int mostHeld, int patience) {

  GpUcbOptions {
    requireNonNull(acquisition, "acquisition");
  }
}
