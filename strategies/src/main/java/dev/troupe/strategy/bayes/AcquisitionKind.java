package dev.troupe.strategy.bayes;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** By what a strategy chooses among candidates. */
enum AcquisitionKind {
  /**
   * The logarithm of the expected improvement, on the average of draws of what is uncertain where
   * measurements are noisy: see {@link DrawnImprovement}. Without noise pending trials count with
   * the losses that are expected of them, so that each bottom that has been found is approached as
   * fast as by one worker. While trials are pending, each second suggestion is the least of a drawn
   * loss function instead: many workers find more by draws of their own than by what is left of one
   * improvement.
   */
  LOG_EI("log expected improvement", "The expected improvement was largest here.") {
    @Override
    AcquisitionKind turn(long number, boolean isPending) {
      return isPending && number % 2 == 0 ? THOMPSON : this;
    }

    @Override
    List<Scored> search(Query query) {
      return climb(query, improvement(query));
    }
  },

  /** A confidence bound that is lowered on a {@link ConfidenceSchedule}. */
  UCB("confidence bound", "The confidence bound promised most here.") {
    @Override
    List<Scored> search(Query query) {
      FeatureMap map = query.models().map();
      double beta =
          new ConfidenceSchedule(map.scaleCount() + map.codeCount())
              .beta(query.evidence().observations().size());
      return climb(
          query, new ProcessWorth(query.model().process(), new Acquisition.ConfidenceBound(beta)));
    }
  },

  /** A loss function drawn from the process. */
  THOMPSON("drawn improvement", "A loss function drawn from the process was least here.") {
    @Override
    List<Scored> search(Query query) {
      return new ThompsonSearch(
              query.models().space(), query.region(), query.model().process(), query.random())
          .search(query.anchors());
    }
  };

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
   * @param models of which the model is one
   * @param model of the losses, with at least one observation and all that is believed
   * @param beliefs of the model
   * @param evidence that the model has learned
   * @param incumbents of which the best is to be improved upon
   * @param region where to look
   * @param anchors good points there
   * @param number of the suggestion, counted from 1
   * @param isNew whether a point may be suggested
   * @param random decides where to look
   */
  record Query(
      LossModelFactory models,
      LossModel model,
      Beliefs beliefs,
      Evidence evidence,
      Incumbents incumbents,
      Region region,
      List<double[]> anchors,
      long number,
      Predicate<double[]> isNew,
      RandomGenerator random) {}

  /**
   * Returns by what a suggestion is chosen.
   *
   * @param number of the suggestion, counted from 1
   * @param isPending whether there are trials whose loss is not known yet
   */
  AcquisitionKind turn(long number, boolean isPending) {
    return this;
  }

  /** Returns candidates, best first, all allowed. The process is left as it was. */
  abstract List<Scored> search(Query query);

  private static Worth improvement(Query query) {
    if (LossDraws.isNoisy(query.model())) {
      return new LossDraws(query, LossDraws.DRAWS).improvement();
    }
    double margin = query.number() % EXPLORE_EVERY == 0 ? MARGIN : 0;
    double best = query.incumbents().leastMean(query.model()) - margin;
    return new ProcessWorth(query.model().process(), new Acquisition.LogExpectedImprovement(best));
  }

  private static List<Scored> climb(Query query, Worth worth) {
    var search =
        new AcquisitionSearch(
            query.models().space(), query.region(), worth, query.isNew(), query.random());
    return search.search(
        query.anchors(), AcquisitionSearch.Effort.of(query.model().process().size()));
  }

  /** Returns the word that study files use. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
