package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.study.Metrics;
import dev.troupe.study.Verdict;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * The training of a trial: one network, or several in step whose mean is reported.
 *
 * <p>A trial that was saved goes on from there. If it now has more rows, its epochs so far count by
 * the examples that were seen. If the network now has another size, it begins anew. Networks that
 * were not there before catch up first. Steps count reports, and go on in any case; so a step is an
 * epoch as long as nothing but the epochs changes.
 */
final class TrialTraining implements AutoCloseable {

  private final List<Training> trainings;
  private final Evaluation evaluation;
  private final int heirEpochs;
  private Metrics measured = Metrics.none();
  private long step;
  private int epoch;

  /**
   * Takes over trainings, which it closes.
   *
   * @param trainings at least one, the first repeat first
   * @param heirEpochs after which networks are done that began with a parent's weights
   */
  TrialTraining(List<Training> trainings, Evaluation evaluation, int heirEpochs) {
    this.trainings = List.copyOf(trainings);
    this.evaluation = evaluation;
    this.heirEpochs = heirEpochs;
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
    if (!restore(epochs) || !train(shortened(epochs), true, interval)) {
      return false;
    }
    if (mayGoOn) {
      save();
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
    return train(shortened(epochs), false, Duration.ZERO);
  }

  /**
   * Has heirs train for less, which may be enough for them: what falls with the epochs ends sooner.
   *
   * @return after which epoch to end
   */
  private int shortened(int epochs) {
    if (epochs <= heirEpochs || !trainings.stream().allMatch(Training::isHeir)) {
      return epochs;
    }
    trainings.forEach(training -> training.network().shorten(heirEpochs));
    return heirEpochs;
  }

  /** Returns the network of the first repeat. */
  Network first() {
    return trainings.get(0).network();
  }

  /** Returns what was measured after the last full epoch; none before the first one ends. */
  Metrics measured() {
    return measured;
  }

  private boolean train(int epochs, boolean reporting, Duration interval) {
    long saved = System.nanoTime();
    while (epoch < epochs) {
      if (!trainEpoch(epoch + 1) || (reporting && !report())) {
        return false;
      }
      if (reporting && epoch < epochs && isDue(saved, interval)) {
        save();
        saved = System.nanoTime();
      }
    }
    return true;
  }

  private boolean trainEpoch(int next) {
    for (Training training : trainings) {
      if (!training.epoch(next)) {
        return false;
      }
    }
    epoch = next;
    measure();
    return true;
  }

  private void measure() {
    measured =
        RepeatedMetrics.of(trainings.stream().map(training -> training.measure(epoch)).toList());
  }

  private boolean report() {
    step++;
    return evaluation.report(step, measured) == Verdict.CONTINUE;
  }

  private static boolean isDue(long savedNanos, Duration interval) {
    return Duration.ofNanos(System.nanoTime() - savedNanos).compareTo(interval) >= 0;
  }

  // Checkpoints

  private void save() {
    if (evaluation.keepsCheckpoints()) {
      evaluation.save(step, this::write);
    }
  }

  private void write(OutputStream to) throws IOException {
    var out = new DataOutputStream(to);
    TrainingState.of(epoch, measured, trainings).write(out);
    out.flush();
  }

  /** Returns whether to train on. */
  private boolean restore(int epochs) {
    if (evaluation.restored().isEmpty()) {
      return true;
    }
    Checkpoint checkpoint = evaluation.restored().get();
    try {
      return restore(checkpoint, epochs);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Trial %s: its checkpoint could not be taken up: %s"
              .formatted(evaluation.attempt().trial(), e.getMessage()),
          e);
    }
  }

  private boolean restore(Checkpoint checkpoint, int epochs) throws IOException {
    TrainingState saved =
        TrainingState.read(new DataInputStream(new ByteArrayInputStream(checkpoint.bytes())));
    step = checkpoint.step();
    int known = Math.min(saved.networks().size(), trainings.size());
    for (int i = 0; i < known; i++) {
      var in = new DataInputStream(new ByteArrayInputStream(saved.networks().get(i)));
      if (!trainings.get(i).load(in)) {
        return true; // of another size: all begin anew
      }
    }
    epoch = saved.epochOf(trainings.get(0).rows());
    measured = saved.measured();
    if (measured.has(Training.INHERITED)) { // as it was when it began: the parent's may be gone
      Metrics share = Metrics.of(Training.INHERITED, measured.get(Training.INHERITED));
      trainings.forEach(training -> training.inherited(share));
    }
    return known == trainings.size()
        || catchUp(trainings.subList(known, trainings.size()), shortened(epochs));
  }

  /** Brings new trainings to where the others stand; all go on together for the last epoch. */
  private boolean catchUp(List<Training> late, int epochs) {
    for (Training training : late) {
      for (int next = 1; next <= epoch; next++) {
        if (!training.epoch(next)) {
          return false;
        }
      }
    }
    if (epoch < epochs) {
      return true;
    }
    measure();
    return report();
  }

  @Override
  public void close() {
    trainings.forEach(Training::close);
  }
}
