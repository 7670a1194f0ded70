package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.dl4j.data.NestedRows;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network for each candidate. What it draws depends on the study's seed and the trial's
 * number alone, so that a trial can be repeated exactly, on any thread, beside any other; a trial
 * that inherits begins with what its parent has learned, and depends on that, too. Native memory is
 * freed when a training ends; only the weights of the best trial so far stay.
 */
final class NetworkEstimator implements Estimator {

  private static final Logger log = LoggerFactory.getLogger(NetworkEstimator.class);

  private final String name;
  private final NetworkFactory factory;
  private final PreparedData data;
  private final Tunables tunables;
  private final NestedRows rows;
  private final List<FidelityRange> fidelities;
  private final Effort full;
  private final Duration checkpointInterval;
  private final BestTrial best;
  private final AtomicBoolean warned = new AtomicBoolean();
  private final Map<Double, PreparedData> smallerData = new ConcurrentHashMap<>();

  /**
   * Puts an estimator together.
   *
   * @param rows which part of the training rows less data are
   * @param fidelities what there is to spend, the epochs first
   */
  NetworkEstimator(
      String name,
      NetworkFactory factory,
      PreparedData data,
      NestedRows rows,
      List<FidelityRange> fidelities,
      Tunables tunables,
      Duration checkpointInterval,
      Objective objective) {
    this.name = name;
    this.factory = factory;
    this.data = data;
    this.rows = rows;
    this.fidelities = List.copyOf(fidelities);
    this.tunables = tunables;
    this.checkpointInterval = checkpointInterval;
    full = Effort.of(Fidelity.full(), fidelities, name);
    best = new BestTrial(objective);
  }

  @Override
  public List<FidelityRange> fidelities() {
    return fidelities;
  }

  /**
   * Trains the candidate with as much effort as its fidelity says, and reports each epoch: the mean
   * of all repeats. Now and then, and at the end if that was less than the whole, it saves where it
   * stands; a training that goes on from there measures the same as one that was never interrupted.
   *
   * <p>It may go on at another fidelity, too: with more data the networks keep what they have
   * learned, their epochs so far counting by the examples that they saw; further repeats catch up;
   * at another resolution or width, or with more cells, the weights are kept only if there are as
   * many as before, and else the training begins anew.
   *
   * @return what was measured after the last epoch
   */
  @Override
  public Metrics evaluate(Suggestion suggestion, Evaluation evaluation) {
    TrialId trial = evaluation.attempt().trial();
    Suggestion.Evaluate evaluate = requireServed(suggestion, trial);
    return NativeThread.run(evaluation.device(), () -> train(evaluate, evaluation, trial));
  }

  private Metrics train(Suggestion.Evaluate evaluate, Evaluation evaluation, TrialId trial) {
    Effort effort = effort(evaluate, trial);
    try (TrialTraining training = training(evaluate, evaluation, trial, effort)) {
      if (training.run(effort.epochs(), checkpointInterval, !effort.equals(full))) {
        best.offer(trial, evaluate, training.measured(), training.first());
        leave(training.first(), evaluation);
      }
      return training.measured();
    }
  }

  private Effort effort(Suggestion.Evaluate evaluate, TrialId trial) {
    return Effort.of(
        evaluate.fidelity(),
        fidelities,
        "Trial %s: estimator '%s' with data '%s'".formatted(trial, name, data.name()));
  }

  private TrialTraining training(
      Suggestion.Evaluate evaluate, Evaluation evaluation, TrialId trial, Effort effort) {
    var randomness = new TrialRandomness(evaluation.streams(), trial);
    Configuration values = tunables.complete(evaluate.candidate());
    PreparedData sized = data(effort);
    int[] chosen = rows.rows(effort.data());
    var trainings = new ArrayList<Training>();
    try {
      for (int repeat = 0; repeat < effort.repeats(); repeat++) {
        TrialRandomness own = randomness.ofRepeat(repeat);
        Network network = factory.create(evaluate.candidate(), values, sized, effort.size(), own);
        var training = new Training(network, sized, chosen, values, evaluation, own);
        trainings.add(training);
        training.inherited(inherit(network, evaluate.weights(), evaluation, own));
      }
      return new TrialTraining(trainings, evaluation, factory.heirEpochs());
    } catch (RuntimeException | Error e) {
      trainings.forEach(Training::close);
      throw e;
    }
  }

  /** Smaller pictures are made once for all trials. */
  private PreparedData data(Effort effort) {
    return effort.resolution() == 1
        ? data
        : smallerData.computeIfAbsent(effort.resolution(), data::atResolution);
  }

  private void leave(Network network, Evaluation evaluation) {
    if (factory.hasHeirs() && evaluation.keepsCheckpoints()) {
      evaluation.leave(
          to -> {
            var out = new DataOutputStream(to);
            network.leave(out);
            out.flush();
          });
    }
  }

  /**
   * Gives a network what its parent has left; it keeps its fresh weights where that is nothing.
   *
   * @return what share of its numbers that was, for one that has a parent
   */
  private Metrics inherit(
      Network network, WeightSource source, Evaluation evaluation, TrialRandomness randomness) {
    TrialId parent = source.parent();
    if (parent == null) {
      return Metrics.none();
    }
    Optional<byte[]> left = evaluation.left(parent);
    double share = 0;
    if (left.isPresent()) {
      share = inherit(network, source, left.get(), randomness);
    } else if (!warned.getAndSet(true)) {
      log.warn(
          "Trial {} was to inherit the weights of trial {}, but that has left none within reach,"
              + " or they were forgotten. It begins with fresh ones. Maybe raise weights.budget,"
              + " or set checkpoints = file, or a folder that all machines share; this is said"
              + " once.",
          randomness.trial(),
          parent);
    }
    return Metrics.of(Training.INHERITED, share);
  }

  private static double inherit(
      Network network, WeightSource source, byte[] left, TrialRandomness randomness) {
    try {
      return network.inherit(
          new DataInputStream(new ByteArrayInputStream(left)),
          source,
          randomness.stream("inheritance"));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Trial %s: the weights of its parent could not be taken over: %s"
              .formatted(randomness.trial(), e.getMessage()),
          e);
    }
  }

  /**
   * Scores the best trial on the test part: with its own weights if they are still there, else with
   * those of an exact repetition of its training. Of a trial that was trained several times, the
   * first training counts; one that went on with more data than it began with is repeated as if it
   * had had them from the start.
   *
   * @return the scores, without {@code train-loss}; none if there is no test part, or a stop is
   *     requested during a repetition
   */
  @Override
  public Metrics test(EndedTrial trial, Evaluation evaluation) {
    Suggestion.Evaluate evaluate = requireServed(trial.suggestion(), trial.id());
    return data.test().rows() == 0
        ? Metrics.none()
        : NativeThread.run(evaluation.device(), () -> score(trial, evaluate, evaluation));
  }

  private Metrics score(EndedTrial trial, Suggestion.Evaluate evaluate, Evaluation evaluation) {
    Effort effort = effort(evaluate, trial.id()).once();
    float[] weights = best.weights(trial);
    Optional<byte[]> left =
        weights == null && factory.hasHeirs() ? evaluation.left(trial.id()) : Optional.empty();
    Suggestion.Evaluate source =
        left.isPresent()
            ? new Suggestion.Evaluate(
                evaluate.candidate(),
                evaluate.fidelity(),
                new WeightSource.Parent(trial.id(), List.of()))
            : evaluate;
    try (TrialTraining training = training(source, evaluation, trial.id(), effort)) {
      if (weights != null) {
        training.first().restore(weights);
      } else if (left.isEmpty() && !training.repeat(effort.epochs())) {
        return Metrics.none();
      }
      PreparedData sized = data(effort);
      return Scores.of(training.first(), sized, sized.test());
    }
  }

  private Suggestion.Evaluate requireServed(Suggestion suggestion, TrialId trial) {
    if (suggestion instanceof Suggestion.Evaluate evaluate && isKnown(evaluate.weights())) {
      return evaluate;
    }
    throw new IllegalArgumentException(
        "Trial %s: estimator '%s' trains single networks%s, but the suggestion was %s. Maybe use another strategy."
            .formatted(
                trial, name, factory.takesParents() ? "" : " from fresh weights", suggestion));
  }

  /** A checkpoint is the trial itself after some epochs: repeating those leads to the same. */
  private boolean isKnown(WeightSource weights) {
    return weights.parent() == null || factory.takesParents();
  }
}
