package dev.troupe.estimator;

import static java.util.Objects.requireNonNull;

import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.estimator.weights.CheckpointContent;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.Attempt;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation for tests: keeps what is reported, answers as it is told, and can ask to stop. As
 * strict as a study: steps must ascend. Thread safe; set it up before it is used.
 */
public final class RecordingEvaluation implements Evaluation {

  private final Attempt attempt;
  private final RandomStreams streams;
  private final List<Measurement> reports = new ArrayList<>();
  private final CountDownLatch firstReport = new CountDownLatch(1);
  private Device device = Device.cpu(0);
  private @Nullable Duration timeLimit;
  private Function<Measurement, Verdict> answer = measurement -> Verdict.CONTINUE;
  private volatile BooleanSupplier stop = () -> false;
  private @Nullable Checkpoint restored;
  private boolean keeping;
  private final List<Checkpoint> saved = new ArrayList<>();
  private Map<TrialId, byte[]> left = new HashMap<>();

  private RecordingEvaluation(Attempt attempt, RandomStreams streams) {
    this.attempt = attempt;
    this.streams = streams;
  }

  /** Returns the first attempt of a trial of the study with seed 1. */
  public static RecordingEvaluation of(long trial) {
    return of(trial, 1);
  }

  /** Returns the first attempt of a trial of the study with this seed. */
  public static RecordingEvaluation of(long trial, long seed) {
    return new RecordingEvaluation(Attempt.first(TrialId.of(trial)), RandomStreams.of(seed));
  }

  /** Sets the device; {@code cpu-0} otherwise. Returns this. */
  public RecordingEvaluation on(Device newDevice) {
    this.device = requireNonNull(newDevice, "device");
    return this;
  }

  /** Sets the time limit; none otherwise. Returns this. */
  public RecordingEvaluation within(Duration limit) {
    this.timeLimit = requireNonNull(limit, "limit");
    return this;
  }

  /** Sets how measurements are answered; {@code CONTINUE} otherwise. Returns this. */
  public RecordingEvaluation answering(Function<Measurement, Verdict> newAnswer) {
    this.answer = requireNonNull(newAnswer, "answer");
    return this;
  }

  /** Answers {@code verdict} to the n-th report and later ones, counted from 1. Returns this. */
  public RecordingEvaluation answeringFrom(int report, Verdict verdict) {
    return answering(measurement -> reports().size() >= report ? verdict : Verdict.CONTINUE);
  }

  /** Asks the evaluation to stop. Returns this. */
  public RecordingEvaluation requestStop() {
    return stoppingWhen(() -> true);
  }

  /** Sets whether to stop, which is asked whenever the evaluation asks. Returns this. */
  public RecordingEvaluation stoppingWhen(BooleanSupplier newStop) {
    this.stop = requireNonNull(newStop, "stop");
    return this;
  }

  /** Keeps checkpoints in memory; none otherwise. Returns this. */
  public RecordingEvaluation keepingCheckpoints() {
    this.keeping = true;
    return this;
  }

  /** Sets what an earlier attempt has saved; nothing otherwise. Returns this. */
  public RecordingEvaluation goingOnFrom(Checkpoint checkpoint) {
    this.restored = requireNonNull(checkpoint, "checkpoint");
    return this;
  }

  /**
   * Sets what earlier trials have left, to which this one adds; nothing otherwise. Returns this.
   */
  public RecordingEvaluation inheriting(Map<TrialId, byte[]> fromEarlier) {
    this.left = requireNonNull(fromEarlier, "fromEarlier");
    return this;
  }

  /** Returns what was saved so far, in order. */
  public synchronized List<Checkpoint> saved() {
    return List.copyOf(saved);
  }

  /** Waits until something was reported. Returns whether that was within ten seconds. */
  public boolean awaitReport() throws InterruptedException {
    return firstReport.await(10, TimeUnit.SECONDS);
  }

  /** Returns what was reported so far, in order; seconds are 0. */
  public synchronized List<Measurement> reports() {
    return List.copyOf(reports);
  }

  @Override
  public Attempt attempt() {
    return attempt;
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public RandomStreams streams() {
    return streams;
  }

  @Override
  public @Nullable Duration timeLimit() {
    return timeLimit;
  }

  @Override
  public Verdict report(long step, Metrics metrics) {
    var measurement = new Measurement(step, metrics, 0);
    keep(measurement);
    firstReport.countDown();
    return answer.apply(measurement);
  }

  private synchronized void keep(Measurement measurement) {
    if (!reports.isEmpty() && measurement.step() <= reports.get(reports.size() - 1).step()) {
      throw new IllegalStateException(
          "Trial %s: steps must ascend, but %d came after %d."
              .formatted(
                  attempt.trial(), measurement.step(), reports.get(reports.size() - 1).step()));
    }
    reports.add(measurement);
  }

  @Override
  public boolean keepsCheckpoints() {
    return keeping;
  }

  @Override
  public synchronized boolean save(long step, CheckpointContent content) {
    if (keeping) {
      byte[] bytes = bytes(content);
      saved.add(Checkpoint.of(step, out -> out.write(bytes)));
    }
    return keeping;
  }

  private static byte[] bytes(CheckpointContent content) {
    var bytes = new ByteArrayOutputStream();
    try {
      content.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public synchronized boolean leave(CheckpointContent content) {
    if (keeping) {
      left.put(attempt.trial(), bytes(content));
    }
    return keeping;
  }

  @Override
  public synchronized Optional<byte[]> left(TrialId trial) {
    return Optional.ofNullable(left.get(trial));
  }

  @Override
  public Optional<Checkpoint> restored() {
    return Optional.ofNullable(restored);
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }
}
