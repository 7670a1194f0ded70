package dev.troupe.study;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a suggestion was based on, as its strategy saw it then; recorded with the trial. Immutable
 * and thread safe.
 *
 * @param reason in a sentence, such as "The expected improvement was largest here."
 * @param figures by what they are, such as {@code predicted loss}, in an order that reads well; any
 *     may be infinite, none is NaN; unmodifiable
 * @param lengthScales by parameter, on its unit interval: how far a value must move until the loss
 *     is another, which is small for parameters that matter; empty where there are none;
 *     unmodifiable
 * @param nearest the trials that said most about the candidate, nearest first; unmodifiable
 */
public record Explanation(
    String reason,
    Map<String, Double> figures,
    Map<String, Double> lengthScales,
    List<Neighbour> nearest) {

  /**
   * A trial that an explanation refers to.
   *
   * @param trial the trial
   * @param distance to the candidate in the strategy's own measure, at least 0
   */
  public record Neighbour(TrialId trial, double distance) {

    /** Checks the range above. */
    public Neighbour {
      requireNonNull(trial, "trial");
      if (!(distance >= 0)) {
        throw new IllegalArgumentException(
            "A distance must be at least 0, but that of %s was %s. Maybe take its magnitude."
                .formatted(trial, distance));
      }
    }
  }

  /** Requires all, keeps the orders and refuses NaN. */
  public Explanation {
    requireNonNull(reason, "reason");
    figures = ordered(figures);
    lengthScales = ordered(lengthScales);
    nearest = List.copyOf(nearest);
  }

  private static Map<String, Double> ordered(Map<String, Double> figures) {
    if (figures.isEmpty()) {
      return Map.of(); // a long study has very many of them
    }
    var copy = new LinkedHashMap<String, Double>(figures);
    copy.forEach(
        (name, value) -> {
          if (value.isNaN()) {
            throw new IllegalArgumentException(
                "A figure of an explanation must be a number, but '%s' was NaN. Maybe leave it out."
                    .formatted(name));
          }
        });
    return Collections.unmodifiableMap(copy);
  }

  /** Returns an explanation of words alone. */
  public static Explanation of(String reason) {
    return new Explanation(reason, Map.of(), Map.of(), List.of());
  }

  /** Returns an explanation of words and figures. */
  public static Explanation of(String reason, Map<String, Double> figures) {
    return new Explanation(reason, figures, Map.of(), List.of());
  }
}
