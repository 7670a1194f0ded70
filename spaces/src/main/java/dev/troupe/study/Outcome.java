package dev.troupe.study;

import static java.util.Objects.requireNonNull;

/** How a trial ended. */
public sealed interface Outcome {

  /** Returns the state of a trial that ended so. */
  TrialState state();

  /**
   * The estimator finished, and every objective has a finite value.
   *
   * @param metrics its result
   */
  record Completed(Metrics metrics) implements Outcome {

    /** Requires the metrics. */
    public Completed {
      requireNonNull(metrics, "metrics");
    }

    @Override
    public TrialState state() {
      return TrialState.COMPLETED;
    }
  }

  /**
   * The pruner ended it.
   *
   * @param metrics its last measurement
   */
  record Pruned(Metrics metrics) implements Outcome {

    /** Requires the metrics. */
    public Pruned {
      requireNonNull(metrics, "metrics");
    }

    @Override
    public TrialState state() {
      return TrialState.PRUNED;
    }
  }

  /**
   * There is no usable value. A state, never a number.
   *
   * @param reason one or more lines that say what happened
   */
  record Failed(String reason) implements Outcome {

    /** Requires the reason. */
    public Failed {
      requireNonNull(reason, "reason");
    }

    @Override
    public TrialState state() {
      return TrialState.FAILED;
    }
  }

  /** The study ended first. */
  record Stopped() implements Outcome {

    @Override
    public TrialState state() {
      return TrialState.STOPPED;
    }
  }
}
