package dev.troupe.estimator.isolation;

import static java.util.Objects.requireNonNull;

import dev.troupe.estimator.Estimator;
import java.util.List;

/**
 * How another process makes an estimator.
 *
 * @param maker a public class with a public constructor without arguments, on the class path of
 *     both processes
 * @param ingredients what it is given; unmodifiable
 */
public record EstimatorRecipe(Class<? extends Maker> maker, List<String> ingredients) {

  /** Makes an estimator in the child. */
  @FunctionalInterface
  public interface Maker {

    /**
     * Returns a new estimator.
     *
     * @param ingredients those of the recipe
     * @throws IllegalArgumentException if they are wrong, as they would be in the parent
     */
    Estimator make(List<String> ingredients);
  }

  /** Copies the list. */
  public EstimatorRecipe {
    requireNonNull(maker, "maker");
    ingredients = List.copyOf(ingredients);
  }
}
