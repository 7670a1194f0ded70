package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.dl4j.data.Part;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.random.StreamGenerator;
import dev.troupe.space.Configuration;
import dev.troupe.study.Metrics;
import dev.troupe.study.Verdict;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** The training of one network: epochs over shuffled batches, each followed by a measurement. */
final class Training {

  /** The metric that says what share of its numbers a network has from its parent. */
  static final String INHERITED = "inherited";

  private final Network network;
  private final PreparedData data;
  private final Configuration values;
  private final Evaluation evaluation;
  private final long trial;
  private final StreamGenerator shuffling;
  private final int batchSize;
  private final int[] order;
  private Metrics inherited;
  private Metrics measured = Metrics.none();

  /**
   * Prepares a training.
   *
   * @param values a value for every tunable
   * @param randomness decides the order of rows
   * @param inherited what each measurement says of what came from a parent
   */
  Training(
      Network network,
      PreparedData data,
      Configuration values,
      Evaluation evaluation,
      TrialRandomness randomness,
      Metrics inherited) {
    this.network = network;
    this.data = data;
    this.values = values;
    this.evaluation = evaluation;
    this.inherited = inherited;
    trial = randomness.trial().number();
    shuffling = randomness.stream("shuffle");
    batchSize = values.getInt("batch-size");
    order = new int[data.training().rows()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  /**
   * Trains as its trial: goes on from a checkpoint if there is one, reports each epoch, obeys the
   * answer, and saves where it stands.
   *
   * @param interval the least time from one checkpoint to the next
   * @param mayGoOn whether it is to save where it stands after the last epoch, too
   * @return whether all epochs were done
   * @throws TrainingDivergedException if the loss or a parameter is not finite
   */
  boolean run(int epochs, Duration interval, boolean mayGoOn) {
    if (!run(restore(), epochs, true, interval)) {
      return false;
    }
    if (mayGoOn) {
      save(epochs);
    }
    return true;
  }

  /**
   * Trains once more, for itself.
   *
   * @return whether all epochs were done, and not rather the evaluation should end
   * @throws TrainingDivergedException if the loss or a parameter is not finite
   */
  boolean repeat(int epochs) {
    return run(0, epochs, false, Duration.ZERO);
  }

  private boolean run(int done, int epochs, boolean reporting, Duration interval) {
    long saved = System.nanoTime();
    for (int epoch = done + 1; epoch <= epochs; epoch++) {
      double loss = epoch(epoch);
      if (Double.isNaN(loss)) {
        return false;
      }
      if (!network.isFinite()) {
        throw diverged("a parameter was not finite", epoch);
      }
      measured = measure(epoch, loss);
      if (reporting && evaluation.report(epoch, measured) != Verdict.CONTINUE) {
        return false;
      }
      if (reporting && epoch < epochs && isDue(saved, interval)) {
        save(epoch);
        saved = System.nanoTime();
      }
    }
    return true;
  }

  private static boolean isDue(long savedNanos, Duration interval) {
    return Duration.ofNanos(System.nanoTime() - savedNanos).compareTo(interval) >= 0;
  }

  private void save(int epoch) {
    if (evaluation.keepsCheckpoints()) {
      evaluation.save(epoch, out -> write(epoch, out));
    }
  }

  private void write(int epoch, OutputStream to) throws IOException {
    var out = new DataOutputStream(to);
    TrainingState.save(out, epoch, measured, order, shuffling);
    network.save(out);
    out.flush();
  }

  /** Returns after how many epochs the training goes on. */
  private int restore() {
    Optional<Checkpoint> checkpoint = evaluation.restored();
    if (checkpoint.isEmpty()) {
      return 0;
    }
    try {
      return read(new DataInputStream(new ByteArrayInputStream(checkpoint.get().bytes())));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Trial %d: its checkpoint could not be taken up: %s".formatted(trial, e.getMessage()), e);
    }
  }

  private int read(DataInput in) throws IOException {
    int epoch = TrainingState.epoch(in);
    measured = TrainingState.measured(in);
    if (measured.has(INHERITED)) { // as it was when it began: the parent's may be gone by now
      inherited = Metrics.of(INHERITED, measured.get(INHERITED));
    }
    TrainingState.load(in, order, shuffling);
    network.load(in);
    return epoch;
  }

  /** Returns what was measured after the last full epoch; none before the first one ends. */
  Metrics measured() {
    return measured;
  }

  /** Returns the mean loss over the epoch, or NaN if the evaluation should end. */
  private double epoch(int epoch) {
    network.beginEpoch(epoch);
    shuffle();
    Part training = data.training();
    double sum = 0;
    for (int from = 0; from < order.length; from += batchSize) {
      if (evaluation.stopRequested() || Thread.currentThread().isInterrupted()) {
        return Double.NaN;
      }
      int to = Math.min(order.length, from + batchSize);
      double loss = network.step(training, order, from, to);
      if (!Double.isFinite(loss)) {
        throw diverged("loss was " + loss, epoch);
      }
      sum += loss * (to - from);
    }
    return sum / order.length;
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = shuffling.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }

  private Metrics measure(int epoch, double trainingLoss) {
    Metrics scores = Scores.of(network, data, data.validation());
    String bad = scores.firstNotFinite();
    if (bad != null) {
      throw diverged("validation %s was %s".formatted(bad, scores.get(bad)), epoch);
    }
    return scores
        .with("train-loss", trainingLoss)
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
}
