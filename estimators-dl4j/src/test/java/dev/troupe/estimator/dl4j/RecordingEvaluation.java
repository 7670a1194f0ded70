package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.device.Device;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.Attempt;
import dev.troupe.study.Metrics;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/** Records what is reported, and answers as the test says. */
final class RecordingEvaluation implements Evaluation {

  private final long trial;
  private final RandomStreams streams;
  final List<Metrics> reports = new ArrayList<>();
  final List<Long> steps = new ArrayList<>();
  LongFunction<Verdict> verdict = step -> Verdict.CONTINUE;
  BooleanSupplier stop = () -> false;

  RecordingEvaluation(long trial, long seed) {
    this.trial = trial;
    this.streams = RandomStreams.of(seed);
  }

  @Override
  public Attempt attempt() {
    return Attempt.first(TrialId.of(trial));
  }

  @Override
  public Device device() {
    return Device.cpu(0);
  }

  @Override
  public RandomStreams streams() {
    return streams;
  }

  @Override
  public Duration timeLimit() {
    return null;
  }

  @Override
  public Verdict report(long step, Metrics metrics) {
    steps.add(step);
    reports.add(metrics);
    return verdict.apply(step);
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }
}
