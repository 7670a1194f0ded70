package dev.troupe.strategy.bayes.tpe;

import dev.troupe.study.Explanation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What is known of good and bad places: a mixture of kernels around good trials, and one around bad
 * and running ones. Not thread safe.
 */
final class TpeModel {

  private static final double PRIOR_WEIGHT = 1;

  private final TpeOptions options;
  private final Trials trials;
  private final Parzen good;
  private final Parzen bad;
  private final double[] goodLogs;
  private final double[] badLogs;

  TpeModel(Layout layout, TpeOptions options, Trials trials) {
    this.options = options;
    this.trials = trials;
    int dimensions = layout.freeAxes();
    good = new Parzen(layout, trials.observations(), WidthRule.good(dimensions));
    bad = new Parzen(layout, trials.observations(), WidthRule.bad(dimensions));
    goodLogs = new double[options.candidates()];
    badLogs = new double[options.candidates()];
  }

  /**
   * Fits both mixtures to the trials.
   *
   * @param running where trials are under way; they count as bad until they end, so that others are
   *     suggested elsewhere
   */
  void fit(List<Place> running) {
    Observations observations = trials.observations();
    observations.setRunning(running);
    int valued = trials.ranking().valued();
    int goodCount = Math.min(valued, options.good(valued));
    int[] order = trials.ranking().order(goodCount);
    good.members().clear(PRIOR_WEIGHT);
    for (int i = 0; i < goodCount; i++) {
      good.members().add(order[i], weight(i + 1, goodCount));
    }
    bad.members().clear(PRIOR_WEIGHT);
    int end = (int) Math.min(trials.size(), (long) goodCount + options.mostBad());
    for (int i = goodCount; i < end; i++) {
      bad.members().add(order[i], 1);
    }
    for (int row = observations.ended(); row < observations.size(); row++) {
      bad.members().add(row, 1);
    }
    good.place();
    bad.place();
  }

  /** Returns the weight of the good trial with this rank: the better, the heavier. */
  private static double weight(int rank, int count) {
    return StrictMath.log(count + 1) - StrictMath.log(rank);
  }

  /**
   * Returns why a candidate is better than others.
   *
   * @param candidate its index among those scored last
   * @param count how many these are
   */
  Explanation explanation(int candidate, int count) {
    var figures = new LinkedHashMap<String, Double>();
    figures.put("score", goodLogs[candidate] - badLogs[candidate]);
    figures.put("log density of good trials", goodLogs[candidate]);
    figures.put("log density of bad trials", badLogs[candidate]);
    figures.values().removeIf(value -> Double.isNaN(value));
    figures.put("good trials", (double) good.members().kernels() - 1);
    figures.put("bad and running trials", (double) bad.members().kernels() - 1);
    return Explanation.of(
        "Of %s candidates, good trials are denser here than bad ones by most.".formatted(count),
        figures);
  }

  /** Draws a point from the mixture of the good; see {@link Parzen#draw}. */
  void draw(double[] point, RandomGenerator random) {
    good.draw(point, random);
  }

  /**
   * Computes the logarithm of how much denser the good are than the bad at each candidate.
   *
   * @param scores by candidate
   */
  void score(Candidates candidates, double[] scores) {
    good.logDensities(candidates, goodLogs);
    bad.logDensities(candidates, badLogs);
    for (int i = 0; i < candidates.size(); i++) {
      scores[i] = goodLogs[i] - badLogs[i];
    }
  }
}
