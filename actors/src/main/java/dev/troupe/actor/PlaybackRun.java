package dev.troupe.actor;

import akka.actor.typed.ActorRef;
import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.Failures;
import dev.troupe.estimator.Playback;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.estimator.weights.CheckpointKey;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.Attempt;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job whose answers are known beforehand, played on the virtual clock without a thread. A judged
 * one stops at each measurement; otherwise they are handed over at the end.
 *
 * <p>One of limited fidelity may go on later. Nothing has to be saved for that, but where it stood:
 * its checkpoint is empty, and a later attempt plays what comes after it.
 */
final class PlaybackRun extends SlotRun {

  /** Who is asked what it would answer. */
  private record Question(Job job, DeviceLease lease) implements Evaluation {

    @Override
    public Attempt attempt() {
      return job.attempt();
    }

    @Override
    public Device device() {
      return lease.device();
    }

    @Override
    public RandomStreams streams() {
      return job.streams();
    }

    @Override
    public @Nullable Duration timeLimit() {
      return job.timeLimit();
    }

    @Override
    public Verdict report(long step, Metrics metrics) {
      throw new IllegalStateException(
          "An estimator that plays returns what it has to report, but this one reported.");
    }

    @Override
    public boolean stopRequested() {
      return false;
    }
  }

  /** The SHA-256 hash of nothing. */
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final Timers timers;
  private final ActorRef<EstimatorActor.Command> slot;
  private final Mishap mishap;
  private final long start;
  private Playback playback = Playback.of(List.of());
  private int next;

  /**
   * Where an earlier attempt stood from which this one goes on: when in the play, and after what.
   */
  private double playedBefore;

  private double secondsBefore;
  private Runnable cancel = () -> {};

  PlaybackRun(
      Job job,
      DeviceLease lease,
      Timers timers,
      ActorRef<EstimatorActor.Command> slot,
      Mishap mishap) {
    super(job, lease);
    this.timers = timers;
    this.slot = slot;
    this.mishap = mishap;
    this.start = timers.nanos();
  }

  /** Returns whether a job is of the kind that can be played. */
  static boolean canPlay(Job job) {
    return job.estimator() instanceof SimulatedEstimator
        && job.task() instanceof Job.Evaluate task
        && task.suggestion() instanceof Suggestion.Evaluate;
  }

  @Override
  void begin() {
    try {
      var suggestion = (Suggestion.Evaluate) ((Job.Evaluate) job.task()).suggestion();
      playback = ((SimulatedEstimator) job.estimator()).play(suggestion, new Question(job, lease));
    } catch (Throwable e) { // the user's code may throw anything; no error may reach an actor
      playback = Playback.failed(Failures.describe(e), 0);
    }
    takeUp();
    waitForNext();
  }

  private void takeUp() {
    for (Resumption resumption : job.resumptions()) {
      List<Playback.Point> points = playback.points();
      long step = resumption.key().step();
      if (resumption.key().id().equals(EMPTY)) {
        while (next < points.size() && points.get(next).step() <= step) {
          playedBefore = points.get(next).seconds();
          next++;
        }
        secondsBefore = resumption.seconds();
        job.study().tell(new StudyActor.Resumed(lease, resumption.key()));
        return;
      }
    }
  }

  private void waitForNext() {
    boolean judges = job.judged() && next < playback.points().size();
    if (judges && seconds(playback.points().get(next)) <= end()) {
      Playback.Point point = playback.points().get(next);
      waitUntil(seconds(point), point.step());
    } else {
      waitUntil(end(), Long.MAX_VALUE);
    }
  }

  private double end() {
    double share = mishap.failsAfter() == null ? 1 : mishap.failsAfter();
    return Math.max(0, playback.seconds() - playedBefore) * mishap.slowdown() * share;
  }

  private double seconds(Playback.Point point) {
    return Math.max(0, point.seconds() - playedBefore) * mishap.slowdown();
  }

  private void waitUntil(double seconds, long step) {
    var turn = new Timers.Turn(job.attempt().trial().number(), step, job.studyName());
    Duration delay = Durations.ofSeconds(seconds).minusNanos(timers.nanos() - start);
    cancel = timers.after(delay, turn, () -> slot.tell(new EstimatorActor.Due(this)));
  }

  /** What it waited for is due: a measurement that is judged, or the end. */
  void goOn() {
    List<Playback.Point> points = playback.points();
    if (timers.isOver()) {
      end(new SlotResult.Failure(CLOCK_OVER));
    } else if (job.judged() && next < points.size() && seconds(points.get(next)) <= end()) {
      job.study()
          .tell(new StudyActor.Measured(lease, List.of(measurement(points.get(next))), slot));
      next++;
    } else {
      end(result());
    }
  }

  private Measurement measurement(Playback.Point point) {
    return new Measurement(point.step(), point.metrics(), secondsBefore + seconds(point));
  }

  private SlotResult result() {
    SlotResult result = returned();
    if (mayGoOn() && result instanceof SlotResult.Value && !playback.points().isEmpty()) {
      long step = playback.points().get(playback.points().size() - 1).step();
      sendMeasured();
      var key = new CheckpointKey(job.attempt(), step, EMPTY, 0);
      job.study().tell(new StudyActor.Saved(lease, key));
    }
    return result;
  }

  private boolean mayGoOn() {
    var suggestion = (Suggestion.Evaluate) ((Job.Evaluate) job.task()).suggestion();
    return !suggestion.fidelity().isFull();
  }

  /** What was measured comes before what is said about it. */
  private void sendMeasured() {
    List<Measurement> measured = unsent();
    if (!measured.isEmpty()) {
      job.study().tell(new StudyActor.Measured(lease, measured, slot));
      next = playback.points().size();
    }
  }

  private SlotResult returned() {
    if (mishap.failsAfter() != null) {
      return new SlotResult.Failure("it failed, as the simulation's plan wants it");
    }
    return playback.failure() == null
        ? new SlotResult.Value(playback.result())
        : new SlotResult.Failure(playback.failure());
  }

  private void end(SlotResult result) {
    slot.tell(new EstimatorActor.Returned(this, result));
  }

  @Override
  void answer(Verdict verdict) {
    if (verdict == Verdict.CONTINUE) {
      waitForNext();
    } else {
      end(new SlotResult.Value(Metrics.none()));
    }
  }

  @Override
  void stop() {
    cancel.run();
    end(new SlotResult.Failure(""));
  }

  @Override
  void abandon() {
    cancel.run();
  }

  /** Returns what was measured until now; nothing of what was sent for judgement. */
  @Override
  List<Measurement> unsent() {
    if (job.judged()) {
      return List.of();
    }
    Duration now = Duration.ofNanos(timers.nanos() - start);
    var measured = new ArrayList<Measurement>();
    List<Playback.Point> points = playback.points();
    for (Playback.Point point : points.subList(next, points.size())) {
      double seconds = seconds(point);
      if (seconds > end() || Durations.ofSeconds(seconds).compareTo(now) > 0) {
        break;
      }
      measured.add(measurement(point));
    }
    return measured;
  }
}
