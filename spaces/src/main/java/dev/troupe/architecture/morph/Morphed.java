package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;

/**
 * What a morphism made of an architecture.
 *
 * @param morphism what was done
 * @param architecture the new architecture
 * @param plan where its weights come from
 */
public record Morphed(Morphism morphism, Architecture architecture, WeightPlan plan) {

  /** Requires all three. */
  public Morphed {
    requireNonNull(morphism, "morphism");
    requireNonNull(architecture, "architecture");
    requireNonNull(plan, "plan");
  }
}
