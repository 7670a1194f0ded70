package dev.troupe.bench;

import java.util.List;
import java.util.Objects;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;
import org.jspecify.annotations.Nullable;

/**
 * What runs have in common. Quantiles are interpolated linearly (definition 7 of Hyndman and Fan
 * 1996, doi:10.1080/00031305.1996.10473566). Immutable and thread safe.
 *
 * @param median half of the runs are at most this
 * @param q25 the lower quartile
 * @param q75 the upper quartile
 * @param mean the arithmetic mean
 * @param count how many runs had a value, at least 1
 * @param missing how many had none yet; they are left out of the rest
 */
public record Summary(double median, double q25, double q75, double mean, int count, int missing) {

  private static final Quantile LINEAR = Quantile.withDefaults().with(EstimationMethod.HF7);

  /** Returns the summary of values, those that are null being missing; null if all are. */
  public static @Nullable Summary of(List<? extends @Nullable Number> values) {
    double[] known =
        values.stream().filter(Objects::nonNull).mapToDouble(Number::doubleValue).toArray();
    if (known.length == 0) {
      return null;
    }
    return new Summary(
        LINEAR.evaluate(known, 0.5),
        LINEAR.evaluate(known, 0.25),
        LINEAR.evaluate(known, 0.75),
        Mean.of(known).getAsDouble(),
        known.length,
        values.size() - known.length);
  }
}
