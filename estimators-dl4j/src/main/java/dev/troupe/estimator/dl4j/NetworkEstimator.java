package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
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
import java.util.List;
import java.util.Optional;
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
  private final int epochs;
  private final Duration checkpointInterval;
  private final BestTrial best;
  private final AtomicBoolean warned = new AtomicBoolean();

  NetworkEstimator(
      String name,
      NetworkFactory factory,
      PreparedData data,
      Tunables tunables,
      int epochs,
      Duration checkpointInterval,
      Objective objective) {
    this.name = name;
    this.factory = factory;
    this.data = data;
    this.tunables = tunables;
    this.epochs = epochs;
    this.checkpointInterval = checkpointInterval;
    best = new BestTrial(objective);
  }

  @Override
  public List<FidelityRange> fidelities() {
    return List.of(new FidelityRange("epochs", 1, epochs));
  }

  /**
   * Trains the candidate for as many epochs as its fidelity on the axis {@code epochs} says
   * (rounded up), at most as many as the study file says, and reports each. Now and then, and at
   * the end if that was less than the whole, it saves where it stands; a training that goes on from
   * there measures the same as one that was never interrupted.
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
    var randomness = new TrialRandomness(evaluation.streams(), trial);
    Configuration values = tunables.complete(evaluate.candidate());
    try (Network network = factory.create(evaluate.candidate(), values, data, randomness)) {
      Metrics inherited = inherit(network, evaluate.weights(), evaluation, randomness);
      var training = new Training(network, data, values, evaluation, randomness, inherited);
      int wanted = epochs(evaluate);
      if (training.run(wanted, checkpointInterval, wanted < epochs)) {
        best.offer(trial, evaluate, training.measured(), network);
        leave(network, evaluation);
      }
      return training.measured();
    }
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
   * those of an exact repetition of its training.
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
    var randomness = new TrialRandomness(evaluation.streams(), trial.id());
    Configuration values = tunables.complete(evaluate.candidate());
    try (Network network = factory.create(evaluate.candidate(), values, data, randomness)) {
      float[] weights = best.weights(trial);
      Optional<byte[]> left =
          weights == null && factory.hasHeirs() ? evaluation.left(trial.id()) : Optional.empty();
      if (weights != null) {
        network.restore(weights);
      } else if (left.isPresent()) {
        inherit(network, new WeightSource.Parent(trial.id(), List.of()), left.get(), randomness);
      } else {
        inherit(network, evaluate.weights(), evaluation, randomness);
        var training = new Training(network, data, values, evaluation, randomness, Metrics.none());
        if (!training.repeat(epochs(evaluate))) {
          return Metrics.none();
        }
      }
      return Scores.of(network, data, data.test());
    }
  }

  private int epochs(Suggestion.Evaluate evaluate) {
    double amount = Math.ceil(evaluate.fidelity().amount("epochs", epochs));
    return (int) Math.max(1, Math.min(epochs, amount));
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
