package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.dl4j.data.Part;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.random.StreamGenerator;
import dev.troupe.space.Configuration;
import dev.troupe.study.Metrics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The training of one network: epochs over shuffled batches, each followed by a measurement.
 * Several can take turns on one thread: what Deeplearning4j draws from the thread's own generator
 * is kept apart.
 */
final class Training implements AutoCloseable {

  /** The metric that says what share of its numbers a network has from its parent. */
  static final String INHERITED = "inherited";

  private static final double MOST = 0.5;

  private final Network network;
  private final PreparedData data;
  private final Configuration values;
  private final Evaluation evaluation;
  private final long trial;
  private final StreamGenerator shuffling;
  private final int batchSize;
  private final int[] order;
  private double loss;
  private long rootState;
  private long nodeState;

  private Metrics inherited = Metrics.none();

  /**
   * Prepares a training.
   *
   * @param network just made by this thread; closed with the training
   * @param rows of the training part that it is trained on, ascending
   * @param values a value for every tunable
   * @param randomness decides the order of rows
   */
  Training(
      Network network,
      PreparedData data,
      int[] rows,
      Configuration values,
      Evaluation evaluation,
      TrialRandomness randomness) {
    this.network = network;
    this.data = data;
    this.values = values;
    this.evaluation = evaluation;
    trial = randomness.trial().number();
    shuffling = randomness.stream("shuffle");
    batchSize = values.getInt("batch-size");
    order = rows.clone();
    keepNativeState();
  }

  Network network() {
    return network;
  }

  /** Sets what each measurement says of what came from a parent. */
  void inherited(Metrics share) {
    inherited = share;
  }

  /** Returns whether most of the network's numbers were a parent's to begin with. */
  boolean isHeir() {
    return inherited.has(INHERITED) && inherited.get(INHERITED) > MOST;
  }

  /** Returns on how many rows it is trained. */
  int rows() {
    return order.length;
  }

  /**
   * Trains for an epoch.
   *
   * @param epoch counts from 1
   * @return whether it was done, and not rather the evaluation should end
   * @throws TrainingDivergedException if the loss or a parameter is not finite
   */
  boolean epoch(int epoch) {
    restoreNativeState();
    network.beginEpoch(epoch);
    shuffle();
    Part training = data.training();
    double sum = 0;
    for (int from = 0; from < order.length; from += batchSize) {
      if (evaluation.stopRequested() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      int to = Math.min(order.length, from + batchSize);
      double ofBatch = network.step(training, order, from, to);
      if (!Double.isFinite(ofBatch)) {
        throw diverged("loss was " + ofBatch, epoch);
      }
      sum += ofBatch * (to - from);
    }
    keepNativeState();
    if (!network.isFinite()) {
      throw diverged("a parameter was not finite", epoch);
    }
    loss = sum / order.length;
    return true;
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = shuffling.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }

  /**
   * Returns the scores on the validation part after an epoch, with the mean loss of that.
   *
   * @throws TrainingDivergedException if one is not finite
   */
  Metrics measure(int epoch) {
    Metrics scores = Scores.of(network, data, data.validation());
    String bad = scores.firstNotFinite();
    if (bad != null) {
      throw diverged("validation %s was %s".formatted(bad, scores.get(bad)), epoch);
    }
    return scores
        .with("train-loss", loss)
        .with("parameters", (double) network.parameterCount())
        .with("epochs", epoch)
        .with(network.costs(data.validation()))
        .with(inherited);
  }

  private TrainingDivergedException diverged(String what, int epoch) {
    return new TrainingDivergedException(
        "Trial %d: %s at epoch %d. Maybe lower 'learning-rate' (%s)."
            .formatted(trial, what, epoch, values.get("learning-rate")));
  }

  /**
   * Writes all that the epochs to come depend on.
   *
   * @throws IOException if {@code out} cannot be written
   */
  void save(DataOutput out) throws IOException {
    restoreNativeState();
    out.writeLong(network.parameterCount());
    out.writeDouble(loss);
    out.writeInt(order.length);
    Numbers.write(out, order);
    Numbers.writeBytes(out, shuffling.save());
    network.save(out);
  }

  /**
   * Takes over what {@link #save} wrote: bit by bit if that was trained on as many rows. With other
   * rows the network goes on with what it has learned, and the rows begin in order.
   *
   * @return whether that was a network of this size; if not, nothing was taken over
   * @throws IOException if {@code in} cannot be read, or holds something else
   */
  boolean load(DataInput in) throws IOException {
    if (in.readLong() != network.parameterCount()) {
      return false;
    }
    loss = in.readDouble();
    int rows = in.readInt();
    var saved = new int[rows];
    Numbers.read(in, saved);
    if (rows == order.length) {
      System.arraycopy(saved, 0, order, 0, rows);
    }
    shuffling.load(Numbers.readBytes(in, shuffling.save().length));
    network.load(in);
    keepNativeState();
    return true;
  }

  private void keepNativeState() {
    Random random = Nd4j.getRandom();
    rootState = random.rootState();
    nodeState = random.nodeState();
  }

  private void restoreNativeState() {
    Nd4j.getRandom().setStates(rootState, nodeState);
  }

  @Override
  public void close() {
    network.close();
  }
}
