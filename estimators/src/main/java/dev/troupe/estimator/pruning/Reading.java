package dev.troupe.estimator.pruning;

import dev.troupe.study.Measurement;
import java.util.List;

/** What of a trial's curve counts at a step that it has reached. */
enum Reading {
  /** The first measurement at or beyond the step. */
  VALUE {
    @Override
    double read(Losses losses, int objective, List<Measurement> measurements, int reaching) {
      return losses.get(objective, measurements.get(reaching).metrics());
    }
  },
  /** The mean of all measurements up to the step, that which reaches it included. */
  AVERAGE {
    @Override
    double read(Losses losses, int objective, List<Measurement> measurements, int reaching) {
      double sum = 0;
      for (int i = 0; i <= reaching; i++) {
        sum += losses.get(objective, measurements.get(i).metrics());
      }
      double mean = sum / (reaching + 1);
      return Double.isNaN(mean) ? Double.POSITIVE_INFINITY : mean; // both infinities were there
    }
  };

  /**
   * Returns a loss of one objective; never NaN.
   *
   * @param reaching the index of the first measurement at or beyond the step
   */
  abstract double read(Losses losses, int objective, List<Measurement> measurements, int reaching);
}
