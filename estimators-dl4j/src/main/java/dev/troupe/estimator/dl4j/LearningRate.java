package dev.troupe.estimator.dl4j;

import dev.troupe.space.Configuration;
import java.util.List;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The learning rate from epoch to epoch: the same throughout, or falling along half a cosine, once
 * over the whole training or again and again after warm restarts (Loshchilov, Hutter 2017,
 * arXiv:1608.03983). Deeplearning4j asks it before each step. Used by one thread.
 */
final class LearningRate implements ISchedule {

  private static final long serialVersionUID = 1;

  private static final String CONSTANT = "constant";
  private static final String COSINE = "cosine";
  private static final int MOST_EPOCHS = 100_000;

  private final double highest;
  private final double lowest;
  private int firstCycle;
  private final int growth;
  private double current;

  /**
   * Makes a schedule, which stands at the first epoch.
   *
   * @param highest at the begin of each cycle, above 0
   * @param lowest to which it falls, at least 0; the highest where that is lower
   * @param firstCycle epochs until the first restart, at least 1
   * @param growth by what a cycle is longer than the one before, at least 1
   */
  LearningRate(double highest, double lowest, int firstCycle, int growth) {
    this.highest = highest;
    this.lowest = Math.min(highest, lowest);
    this.firstCycle = firstCycle;
    this.growth = growth;
    current = highest;
  }

  /** What a study can search or set about it, beside the learning rate itself. */
  static List<Tunable> tunables() {
    return List.of(
        new Tunable.Choice(
            "schedule",
            CONSTANT,
            List.of(CONSTANT, COSINE),
            "how the learning rate changes; cosine: it falls along half a cosine"),
        new Tunable.Real(
            "lowest-learning-rate", 0, 0, 10, "to which the learning rate falls along a cosine"),
        new Tunable.Whole(
            "restart-epochs",
            0,
            0,
            MOST_EPOCHS,
            "epochs until the cosine begins anew; 0: it lasts for the whole training"),
        new Tunable.Whole(
            "restart-growth", 2, 1, 10, "by what each cosine is longer than the one before"));
  }

  /**
   * Returns the schedule of a candidate.
   *
   * @param values a value for each tunable
   * @param epochs of a whole training
   */
  static LearningRate of(Configuration values, int epochs) {
    double rate = values.getDouble("learning-rate");
    boolean falls = values.getString("schedule").equals(COSINE);
    int cycle = values.getInt("restart-epochs");
    return new LearningRate(
        rate,
        falls ? values.getDouble("lowest-learning-rate") : rate,
        cycle == 0 ? epochs : cycle,
        values.getInt("restart-growth"));
  }

  /** Lets the first cycle end after fewer epochs, if it is longer. */
  void shorten(int epochs) {
    firstCycle = Math.min(firstCycle, epochs);
  }

  /** Goes to an epoch, the first being 1. */
  void beginEpoch(int epoch) {
    current = at(epoch - 1);
  }

  /** Returns the learning rate of the epoch that has begun. */
  double current() {
    return current;
  }

  /**
   * Returns the learning rate.
   *
   * @param epochs that have passed, at least 0
   */
  double at(int epochs) {
    long rest = epochs;
    long cycle = firstCycle;
    while (rest >= cycle) {
      rest -= cycle;
      cycle *= growth;
    }
    double share = (double) rest / cycle;
    return lowest + (highest - lowest) * (1 + StrictMath.cos(Math.PI * share)) / 2;
  }

  /** Returns the rate of the epoch that has begun, whatever Deeplearning4j has counted. */
  @Override
  public double valueAt(int iteration, int epoch) {
    return current;
  }

  /** Returns itself: all parts of a network follow one schedule. */
  @Override
  @SuppressWarnings("MissingSuperCall") // a copy would stand still
  public LearningRate clone() {
    return this;
  }
}
