package dev.troupe.architecture.morph;

import dev.troupe.architecture.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Finds morphisms of an architecture: a relu is deepened, what has a width widened, windows grow,
 * skips lead from the end of a block to the end of another, and blocks are inserted at ends. An end
 * is a layer with weights, a normalisation or a sum, but none that a normalisation follows. Others
 * that are legal, too, can be made by hand.
 */
public final class Morphisms {

  private Morphisms() {}

  /**
   * Returns all these morphisms that are legal within bounds, by kind and then by layer, each once;
   * widenings have the seed 0. The cost is that of applying each: milliseconds for tens of layers.
   */
  public static List<Morphism> legal(Architecture architecture, Bounds bounds) {
    var legal = new ArrayList<Morphism>();
    for (Morphism.Kind kind : bounds.kinds()) {
      for (Morphism candidate : Candidates.of(architecture, bounds, kind)) {
        if (attempt(candidate, architecture, bounds).isPresent()) {
          legal.add(candidate);
        }
      }
    }
    return legal;
  }

  /**
   * Draws a morphism and applies it: a kind, each as probable as the others that have a legal
   * morphism, and one of that kind, each as probable as the others.
   *
   * @param random decides, the seed of a widening included
   * @return empty if none is legal within the bounds
   */
  public static Optional<Morphed> sample(
      Architecture architecture, Bounds bounds, RandomGenerator random) {
    var kinds = new ArrayList<>(bounds.kinds());
    while (!kinds.isEmpty()) {
      Morphism.Kind kind = kinds.remove(random.nextInt(kinds.size()));
      List<Morphism> candidates = Candidates.of(architecture, bounds, kind);
      while (!candidates.isEmpty()) {
        Morphism candidate = candidates.remove(random.nextInt(candidates.size()));
        if (candidate instanceof Widen widen) {
          candidate = widen.withSeed(random.nextInt(Integer.MAX_VALUE));
        }
        Optional<Morphed> morphed = attempt(candidate, architecture, bounds);
        if (morphed.isPresent()) {
          return morphed;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Morphed> attempt(
      Morphism candidate, Architecture architecture, Bounds bounds) {
    try {
      if (!bounds.leaveRoom(architecture, Growth.least(candidate, architecture))) {
        return Optional.empty();
      }
      return Optional.of(candidate.apply(architecture)).filter(bounds::allow);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a refusal is an answer here: whether it is legal
    }
  }
}
