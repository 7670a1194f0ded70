package dev.troupe.strategy.bayes;

/**
 * All vectors of losses between two corners.
 *
 * @param low shape [objectives]; minus infinity where there is no bound
 * @param high shape [objectives], finite, above {@code low}
 */
@SuppressWarnings("ArrayRecordComponent") // goes from one method to the next
record Box(double[] low, double[] high) {}
