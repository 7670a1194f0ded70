package dev.troupe.strategy.bayes;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** By what a strategy chooses among candidates. */
enum AcquisitionKind {
  /** The logarithm of the expected improvement. */
  LOG_EI("log expected improvement", "The expected improvement was largest here.") {
    @Override
    List<Scored> search(Query query) {
      double margin = query.number() % EXPLORE_EVERY == 0 ? MARGIN : 0;
      double best = query.process().leastMean() - margin;
      return climb(query, new Acquisition.LogExpectedImprovement(best));
    }
  },

  /**
   * A confidence bound {@code sqrt(0.2 d ln(2 t))} deviations below the mean, t being the number of
   * observations (Kandasamy, Schneider, Poczos 2015, arXiv:1503.01673).
   */
  UCB("confidence bound", "The confidence bound promised most here.") {
    @Override
    List<Scored> search(Query query) {
      int dimensions = query.space().dimensions();
      double square = BOUND_FACTOR * dimensions * StrictMath.log(2.0 * query.process().size());
      return climb(query, new Acquisition.ConfidenceBound(Math.sqrt(square)));
    }
  },

  /** A loss function drawn from the process. */
  THOMPSON("drawn improvement", "A loss function drawn from the process was least here.") {
    @Override
    List<Scored> search(Query query) {
      return new ThompsonSearch(query.space(), query.process(), query.random())
          .search(query.anchors());
    }
  };

  private static final double BOUND_FACTOR = 0.2;

  /** Each so many suggestions one looks for an improvement by a margin. */
  private static final int EXPLORE_EVERY = 4;

  /** The margin, in standard deviations of what was observed. */
  private static final double MARGIN = 0.1;

  private final String figure;
  private final String reason;

  AcquisitionKind(String figure, String reason) {
    this.figure = figure;
    this.reason = reason;
  }

  /** Returns what the worth of a candidate is called in explanations. */
  String figure() {
    return figure;
  }

  /** Returns why the best candidate is suggested. */
  String reason() {
    return reason;
  }

  /**
   * What is asked.
   *
   * @param process of the losses, with at least one observation
   * @param anchors good points
   * @param number of the suggestion, counted from 1
   * @param isNew whether a point may be suggested
   * @param random decides where to look
   */
  record Query(
      CandidateSpace space,
      GaussianProcess process,
      List<double[]> anchors,
      long number,
      Predicate<double[]> isNew,
      RandomGenerator random) {}

  /** Returns candidates, best first, all allowed. The process is left as it was. */
  abstract List<Scored> search(Query query);

  private static List<Scored> climb(Query query, Acquisition acquisition) {
    var search =
        new AcquisitionSearch(
            query.space(),
            new ProcessWorth(query.process(), acquisition),
            query.isNew(),
            query.random());
    return search.search(query.anchors(), AcquisitionSearch.Effort.of(query.process().size()));
  }

  /** Returns the word that study files use. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
