package dev.troupe.bench;

import static java.util.Objects.requireNonNull;

import dev.troupe.estimator.curve.CurveModel;
import dev.troupe.estimator.curve.CurvePrediction;
import dev.troupe.estimator.curve.CurveQuery;
import dev.troupe.estimator.curve.DivergenceFence;
import dev.troupe.estimator.curve.LearningCurve;
import dev.troupe.estimator.curve.TrialCurve;
import dev.troupe.study.Direction;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well a curve model foretells the last values of recorded curves from their beginnings. Values
 * beyond the {@link DivergenceFence}, foretold or recorded, count as the fence. Immutable and
 * thread safe.
 */
public final class CurveBenchmark {

  private static final double WARM_UP_MILLIS = 300;

  private final List<TrialCurve> curves;
  private final Direction direction;
  private final DivergenceFence fence;

  /**
   * How well it went.
   *
   * @param from the step up to which curves were shown
   * @param variant what foretold them
   * @param curves how many; the others do not go on after that step or begin after it
   * @param leftOut how many were not
   * @param error mean absolute error of the median
   * @param lastValueError that of the last value seen
   * @param coverage how often the last value was within the 90 % interval, in [0, 1]
   * @param millis computing time of a prediction
   */
  public record Result(
      double from,
      String variant,
      int curves,
      int leftOut,
      double error,
      double lastValueError,
      double coverage,
      double millis) {}

  private record Guess(double error, double lastValueError, boolean isCovered, double millis) {}

  /**
   * Makes a benchmark.
   *
   * @param curves whole ones
   */
  public CurveBenchmark(List<TrialCurve> curves, Direction direction) {
    this.curves = List.copyOf(curves);
    this.direction = requireNonNull(direction, "direction");
    fence = DivergenceFence.of(curves.stream().map(TrialCurve::curve).toList(), direction);
  }

  /**
   * Measures a model.
   *
   * @param variant its name
   * @param withOthers whether the other curves are shown to it in full
   * @param from the last step that is shown
   * @throws IllegalArgumentException if no curve reaches from there to a later step
   */
  public Result measure(String variant, CurveModel model, boolean withOthers, double from) {
    List<Integer> usable =
        IntStream.range(0, curves.size()).filter(i -> isUsable(i, from)).boxed().toList();
    if (usable.isEmpty()) {
      throw new IllegalArgumentException(
          "--from %s: a curve must have a step up to there and one after it, but none of %d has. Maybe take an earlier step."
              .formatted(Numbers.brief(from), curves.size()));
    }
    // What runs for the first time is slow, and no part of what a prediction costs.
    double warm = 0;
    for (int k = 0; k < usable.size() && warm < WARM_UP_MILLIS; k++) {
      warm += guess(model, withOthers, from, usable.get(k)).millis();
    }
    List<Guess> guesses =
        usable.parallelStream().map(i -> guess(model, withOthers, from, i)).toList();
    int n = guesses.size();
    return new Result(
        from,
        variant,
        n,
        curves.size() - n,
        guesses.stream().mapToDouble(Guess::error).sum() / n,
        guesses.stream().mapToDouble(Guess::lastValueError).sum() / n,
        guesses.stream().filter(Guess::isCovered).count() / (double) n,
        guesses.stream().mapToDouble(Guess::millis).sum() / n);
  }

  /** Returns how many curves have a step up to there and one after it. */
  public int usable(double from) {
    return (int) IntStream.range(0, curves.size()).filter(i -> isUsable(i, from)).count();
  }

  private boolean isUsable(int index, double from) {
    LearningCurve curve = curves.get(index).curve();
    return curve.step(0) <= from && curve.lastStep() > from;
  }

  private Guess guess(CurveModel model, boolean withOthers, double from, int index) {
    TrialCurve whole = curves.get(index);
    LearningCurve curve = whole.curve();
    int size = 1;
    while (curve.step(size) <= from) {
      size++;
    }
    TrialCurve shown = whole.first(size);
    var query =
        new CurveQuery(
            index + 1L,
            shown,
            curve.lastStep(),
            direction,
            withOthers ? without(index) : List.of());
    long start = nanos();
    CurvePrediction prediction = model.predict(query);
    double low = prediction.quantile(0.05);
    double high = prediction.quantile(0.95);
    double median = fence.clamp(prediction.median());
    long end = nanos();
    double truth = fence.clamp(curve.lastValue());
    return new Guess(
        Math.abs(median - truth),
        Math.abs(fence.clamp(shown.curve().lastValue()) - truth),
        fence.clamp(low) <= truth && truth <= fence.clamp(high),
        (end - start) / 1e6);
  }

  private List<TrialCurve> without(int index) {
    var others = new ArrayList<TrialCurve>(curves);
    others.remove(index);
    return others;
  }

  /** Returns the time that this thread has computed, whatever else the machine does. */
  private static long nanos() {
    var threads = ManagementFactory.getThreadMXBean();
    return threads.isCurrentThreadCpuTimeSupported()
        ? threads.getCurrentThreadCpuTime()
        : System.nanoTime();
  }
}
