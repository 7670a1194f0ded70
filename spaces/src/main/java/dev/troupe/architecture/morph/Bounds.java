package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How far morphisms may go.
 *
 * @param mostParameters trained numbers of the new network, at least 1
 * @param mostLayers layers of the new network, input and output included, at least 3
 * @param factors by which a width may grow, each above 1, rounded up to a whole number of channels;
 *     unmodifiable
 * @param kernels sides of windows, each at least 1; unmodifiable
 * @param mode how widened layers keep their function
 * @param batchNormalization whether inserted convolutions are followed by a normalisation
 * @param kinds which morphisms there are, in the order of {@link Morphism.Kind}; unmodifiable
 */
public record Bounds(
    long mostParameters,
    int mostLayers,
    List<Double> factors,
    List<Integer> kernels,
    Widen.Mode mode,
    boolean batchNormalization,
    List<Morphism.Kind> kinds) {

  /** The bounds of Auto-Keras on the size (Jin, Song, Hu 2019, arXiv:1806.10282). */
  private static final long AUTO_KERAS_PARAMETERS = 1L << 25;

  private static final int MOST_LAYERS = 1000;

  /** Checks the ranges above and copies the lists. */
  public Bounds {
    requireNonNull(mode, "mode");
    factors = List.copyOf(factors);
    kernels = List.copyOf(kernels);
    kinds = List.copyOf(kinds.isEmpty() ? Set.of() : EnumSet.copyOf(kinds));
    if (mostParameters < 1 || mostLayers < 3) {
      throw new IllegalArgumentException(
          "Morphisms need room for 1 parameter and 3 layers, but were bounded by %d and %d. Maybe 100000 and 60."
              .formatted(mostParameters, mostLayers));
    }
    for (double factor : factors) {
      if (!(factor > 1 && factor <= 1000)) {
        throw new IllegalArgumentException(
            "A factor of widening must be above 1 and at most 1000, but was %s. Maybe 2."
                .formatted(factor));
      }
    }
    for (int kernel : kernels) {
      if (kernel < 1 || kernel > 1000) {
        throw new IllegalArgumentException(
            "A kernel's side must be from 1 to 1000, but was %d. Maybe 3.".formatted(kernel));
      }
    }
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException(
          "Morphisms need at least one kind, but there was none. Maybe 'deepen' and 'widen'.");
    }
  }

  /**
   * Returns the bounds of Auto-Keras: at most 2^25 parameters, widths that double, kernels of 1, 3
   * and 5, new outgoing weights of zero, normalisations, all kinds; and at most 1,000 layers.
   */
  public static Bounds defaults() {
    return new Bounds(
        AUTO_KERAS_PARAMETERS,
        MOST_LAYERS,
        List.of(2.0),
        List.of(1, 3, 5),
        Widen.Mode.ZERO,
        true,
        List.of(Morphism.Kind.values()));
  }

  /** Returns the bounds with these most parameters and layers. */
  public Bounds withSize(long parameters, int layers) {
    return new Bounds(parameters, layers, factors, kernels, mode, batchNormalization, kinds);
  }

  /** Returns the bounds with these kinds alone. */
  public Bounds withKinds(List<Morphism.Kind> newKinds) {
    return new Bounds(
        mostParameters, mostLayers, factors, kernels, mode, batchNormalization, newKinds);
  }

  /** Returns the bounds with this way of widening. */
  public Bounds withMode(Widen.Mode newMode) {
    return new Bounds(
        mostParameters, mostLayers, factors, kernels, newMode, batchNormalization, kinds);
  }

  /** Returns the bounds with normalisations or without. */
  public Bounds withBatchNormalization(boolean normalised) {
    return new Bounds(mostParameters, mostLayers, factors, kernels, mode, normalised, kinds);
  }

  /** Returns the bounds with these factors and kernels. */
  public Bounds withChoices(List<Double> newFactors, List<Integer> newKernels) {
    return new Bounds(
        mostParameters, mostLayers, newFactors, newKernels, mode, batchNormalization, kinds);
  }

  /** Returns whether a network could grow by so much. */
  boolean leaveRoom(Architecture architecture, Growth growth) {
    return growth.parameters() <= mostParameters - architecture.parameters()
        && growth.layers() <= mostLayers - architecture.size();
  }

  /** Returns whether the result of a morphism is not too large. */
  boolean allow(Morphed morphed) {
    return morphed.architecture().parameters() <= mostParameters
        && morphed.architecture().size() <= mostLayers;
  }
}
