package dev.troupe.estimator.curve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A curve beside finished ones, at its own steps and on one scale.
 *
 * <p>What has diverged is as bad as it gets: values count up to the {@link DivergenceFence}.
 *
 * @param features of the finished ones, shape [n][d]
 * @param targets by how much their losses changed from here to the horizon, as logarithms, shape
 *     [n]
 * @param point the features of the curve that is asked for, shape [d]
 * @param level its level, from which changes count
 */
@SuppressWarnings("ArrayRecordComponent") // read in inner loops, and kept within the package
record ComparedCurves(
    double[][] features, double[] targets, double[] point, double level, LossScale losses) {

  /** So many of the most similar ones are enough, and keep the cost of a prediction bounded. */
  private static final int MOST = 400;

  /** Of more than these, the older ones are not looked at. */
  private static final int NEWEST = 2_000;

  /** Returns the comparison, or null if it is beyond what the finished ones can tell of. */
  static @Nullable ComparedCurves of(CurveQuery query) {
    int known = query.finished().size();
    List<TrialCurve> finished =
        query.finished().subList(Math.max(0, known - NEWEST), known).stream()
            .filter(each -> each.curve().lastStep() > query.curve().curve().lastStep())
            .toList();
    if (finished.isEmpty()) {
      return null;
    }
    DivergenceFence fence =
        DivergenceFence.of(finished.stream().map(TrialCurve::curve).toList(), query.direction());
    boolean isTold =
        !fence.isBeyond(query.curve().curve().lastValue()) && Double.isFinite(fence.loss());
    return isTold ? new Comparison(query, finished, fence).compare() : null;
  }

  /** What it takes to compare. */
  private static final class Comparison {

    private final CurveQuery query;
    private final List<TrialCurve> finished;
    private final DivergenceFence fence;
    private final double[] steps;
    private final boolean encoded;
    private final CurveFeatures shapes;
    private final LossScale losses;

    Comparison(CurveQuery query, List<TrialCurve> finished, DivergenceFence fence) {
      this.query = query;
      this.fence = fence;
      LearningCurve curve = query.curve().curve();
      int[] points = ScaledCurve.points(curve.size());
      steps = Arrays.stream(points).mapToDouble(curve::step).toArray();
      StepScale scale = StepScale.of(curve, query.horizon());
      shapes =
          new CurveFeatures(
              Arrays.stream(steps).map(step -> StrictMath.log(scale.x(step))).toArray());
      List<TrialCurve> alike = finished.stream().filter(this::isEncodedAlike).toList();
      encoded = query.curve().dimensions() > 0 && 2 * alike.size() >= finished.size();
      this.finished = encoded ? alike : finished;
      losses = LossScale.of(sample(), query.direction());
    }

    private boolean isEncodedAlike(TrialCurve each) {
      return each.dimensions() == query.curve().dimensions();
    }

    /** Returns values from which the scale follows. */
    private double[] sample() {
      var values = new ArrayList<Double>();
      finished.forEach(
          each -> {
            values.add(fence.clamp(each.curve().value(0)));
            values.add(fence.clamp(each.curve().valueAt(query.horizon())));
          });
      for (double value : query.curve().curve().values()) {
        values.add(fence.clamp(value));
      }
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private double[] logs(LearningCurve curve) {
      return Arrays.stream(steps)
          .map(step -> losses.log(fence.clamp(curve.valueAt(step))))
          .toArray();
    }

    private double[] features(TrialCurve each, double[] logs) {
      double[] encoding = encoded ? each.encoding() : null;
      return shapes.of(logs, encoding == null ? new double[0] : encoding);
    }

    ComparedCurves compare() {
      double[] logs = logs(query.curve().curve());
      double[] point = features(query.curve(), logs);
      double[][] features = new double[finished.size()][];
      double[] targets = new double[finished.size()];
      for (int i = 0; i < targets.length; i++) {
        double[] theirs = logs(finished.get(i).curve());
        features[i] = features(finished.get(i), theirs);
        double end = losses.log(fence.clamp(finished.get(i).curve().valueAt(query.horizon())));
        targets[i] = end - shapes.level(theirs);
      }
      int[] near = nearest(features, point);
      return new ComparedCurves(
          Arrays.stream(near).mapToObj(i -> features[i]).toArray(double[][]::new),
          Arrays.stream(near).mapToDouble(i -> targets[i]).toArray(),
          point,
          shapes.level(logs),
          losses);
    }

    /** Returns the rows that are most like a point, in their order. */
    private static int[] nearest(double[][] features, double[] point) {
      int n = features.length;
      Integer[] order = new Integer[n];
      Arrays.setAll(order, i -> i);
      if (n > MOST) {
        double[] distances = new double[n];
        for (int k = 0; k < point.length; k++) {
          addDistances(features, point, k, distances);
        }
        Arrays.sort(order, Comparator.comparingDouble(i -> distances[i]));
      }
      return Arrays.stream(order).limit(MOST).mapToInt(Integer::intValue).sorted().toArray();
    }

    private static void addDistances(
        double[][] features, double[] point, int k, double[] distances) {
      double[] column = Arrays.stream(features).mapToDouble(row -> row[k]).toArray();
      double mean = Arrays.stream(column).average().orElse(0);
      double variance =
          Arrays.stream(column).map(each -> (each - mean) * (each - mean)).average().orElse(0);
      if (variance > 0) {
        for (int i = 0; i < column.length; i++) {
          distances[i] += (column[i] - point[k]) * (column[i] - point[k]) / variance;
        }
      }
    }
  }
}
