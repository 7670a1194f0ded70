package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Noise on weights that a morphism has copied or set: without it a copy with a share of its
 * original's weights has the same gradient, and both stay the same for ever. It is even, from
 * {@code -range * ratio / 2} to {@code range * ratio / 2}, where range is the distance from the
 * least to the greatest number of a stretched array, and 1 for constant and identity weights (as in
 * Auto-Keras: Jin, Song, Hu 2019, arXiv:1806.10282). Running statistics get none.
 *
 * @param ratio at least 0; 0 for no noise
 */
public record SymmetryNoise(double ratio) {

  private static final double AUTO_KERAS = 1e-4;

  /** Checks the range above. */
  public SymmetryNoise {
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new IllegalArgumentException(
          "A ratio of noise must be from 0 to 1, but was %s. Maybe 1e-4.".formatted(ratio));
    }
  }

  /** Returns no noise: the function is kept exactly. */
  public static SymmetryNoise none() {
    return new SymmetryNoise(0);
  }

  /** Returns the noise of Auto-Keras, with a ratio of 1e-4. */
  public static SymmetryNoise standard() {
    return new SymmetryNoise(AUTO_KERAS);
  }

  /**
   * Adds the noise.
   *
   * @param plan says what was copied or set
   * @param values what the plan has made, all of it; changed
   * @param random decides; not drawn from without noise
   */
  public void addTo(WeightPlan plan, Map<TensorKey, double[]> values, RandomGenerator random) {
    if (ratio == 0) {
      return;
    }
    for (WeightPlan.Entry entry : plan.entries()) {
      double[] array = requireNonNull(values.get(entry.key()), "values");
      double range = entry.tensor().trainable() ? range(entry, array) : 0;
      if (range > 0) {
        for (int i = 0; i < array.length; i++) {
          array[i] += ratio * range * (random.nextDouble() - 0.5);
        }
      }
    }
  }

  private static double range(WeightPlan.Entry entry, double[] array) {
    WeightOrigin origin = entry.origin();
    if (origin instanceof WeightOrigin.Stretched) {
      return Arrays.stream(array).max().orElse(0) - Arrays.stream(array).min().orElse(0);
    }
    boolean isSet =
        origin instanceof WeightOrigin.Diagonal || origin instanceof WeightOrigin.Constant;
    return isSet && isWeight(entry.tensor()) ? 1 : 0;
  }

  /** Biases and normalisations need none: what they belong to differs. */
  private static boolean isWeight(Tensor tensor) {
    return tensor.sides().size() > 1;
  }
}
