package dev.troupe.estimator.curve;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.StreamGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Extrapolates each curve alone by the published method: a weighted sum of parametric families with
 * noise, whose parameters are sampled by an affine-invariant ensemble (Domhan, Springenberg, Hutter
 * 2015, IJCAI). Differs from it in that every curve is scaled to begin as an accuracy of 0.1, so
 * that losses of any size can be asked for, and that parameters have bounds. Takes seconds with the
 * published numbers; {@code fast} is as good on most curves, and takes milliseconds.
 *
 * <p>Where there are fewer than three points, or no family fits, {@code fast} answers.
 */
final class McmcCurveModel implements CurveModel {

  private static final int FEWEST_POINTS = 3;
  private static final double BALL = 1e-6;
  private static final double FIRST_WEIGHT = 10;

  /** More samples would not change the quantiles. */
  private static final int MOST_SAMPLES = 400;

  /**
   * How long to sample.
   *
   * @param families how many, those that fit best
   * @param walkers at least so many, and twice the dimensions and two
   * @param steps of each walker
   * @param burnIn how many of these to forget
   * @param thin keeps every so manieth
   */
  record Effort(int families, int walkers, int steps, int burnIn, int thin) {

    /** The published numbers. */
    static final Effort PUBLISHED = new Effort(11, 100, 2500, 500, 10);
  }

  private final RandomStreams streams;
  private final Effort effort;
  private final CurveModel fallback = new FastCurveModel();

  McmcCurveModel(RandomStreams streams, Effort effort) {
    this.streams = streams;
    this.effort = effort;
  }

  @Override
  public CurvePrediction predict(CurveQuery query) {
    LearningCurve curve = query.curve().curve();
    ScaledCurve scaled = ScaledCurve.of(curve, query.horizon(), query.direction());
    if (scaled == null || scaled.size() < FEWEST_POINTS) {
      return fallback.predict(query);
    }
    double[] accuracies = scaled.accuracies();
    int from = Plateau.length(accuracies);
    double[] x = Arrays.copyOfRange(scaled.x(), from, scaled.size());
    double[] y = Arrays.copyOfRange(accuracies, from, scaled.size());
    List<FamilyFit> fits = fits(x, y, scaled.horizon());
    if (fits.isEmpty()) {
      return fallback.predict(query);
    }
    var families =
        new WeightedFamilies(fits.stream().map(FamilyFit::family).toList(), x, y, scaled.horizon());
    StreamGenerator random =
        streams.stream(RandomStreams.Kind.PRUNER, query.trial(), "curve-model/mcmc");
    List<double[]> samples = sample(families, fits, random);
    return samples.isEmpty() ? fallback.predict(query) : prediction(samples, families, scaled);
  }

  private List<FamilyFit> fits(double[] x, double[] y, double horizon) {
    double[] recency = WeightedFamilies.recency(x.length);
    var points = new FamilyFit.Points(x, y, recency);
    double last = y[y.length - 1];
    double first = Math.min(y[0], last - 0.01);
    double end = Math.max(x[x.length - 1], x[0] + 1);
    var fits = new ArrayList<FamilyFit>();
    for (CurveFamily family : CurveFamilies.ALL) {
      FamilyFit fit =
          FamilyFit.of(
              family,
              points,
              List.of(family.defaults(), family.near(end, first, last, Math.max(1, last + 0.05))));
      if (fit != null && isSensible(fit, x[0], horizon)) {
        fits.add(fit);
      }
    }
    fits.sort(Comparator.comparingDouble(FamilyFit::squares));
    return fits.subList(0, Math.min(effort.families, fits.size()));
  }

  /** The published test of a fit, and one that the chain's prior makes. */
  private static boolean isSensible(FamilyFit fit, double first, double horizon) {
    double end = fit.value(horizon);
    return end >= 0
        && end <= 100
        && end >= fit.value(Math.min(2, horizon))
        && end >= fit.value(first);
  }

  private List<double[]> sample(
      WeightedFamilies families, List<FamilyFit> fits, StreamGenerator random) {
    double[] centre =
        families.point(fits.stream().map(McmcCurveModel::inside).toList(), FIRST_WEIGHT);
    if (families.logDensity(centre) == Double.NEGATIVE_INFINITY) {
      return List.of();
    }
    int walkers = Math.max(effort.walkers + effort.walkers % 2, 2 * centre.length + 2);
    double[][] ball = new double[walkers][];
    for (int i = 0; i < walkers; i++) {
      ball[i] = centre.clone();
      for (int k = 0; k < centre.length; k++) {
        ball[i][k] += BALL * random.nextGaussian();
      }
    }
    var samples = new ArrayList<double[]>();
    new StretchSampler(ball, families::logDensity, random)
        .run(effort.steps, effort.burnIn, effort.thin, each -> samples.addAll(List.of(each)));
    int every = Math.max(1, samples.size() / MOST_SAMPLES);
    var kept = new ArrayList<double[]>();
    for (int i = 0; i < samples.size(); i += every) {
      kept.add(samples.get(i));
    }
    return kept;
  }

  /** Returns parameters a little within their bounds, so that a ball around them is, too. */
  private static double[] inside(FamilyFit fit) {
    double[] moved = fit.parameters().clone();
    for (int k = 0; k < moved.length; k++) {
      CurveFamily.Coefficient each = fit.family().coefficients().get(k);
      double margin = Math.min(1e-4, 1e-2 * (each.high() - each.low()));
      moved[k] = Math.min(each.high() - margin, Math.max(each.low() + margin, moved[k]));
    }
    return moved;
  }

  private static CurvePrediction prediction(
      List<double[]> samples, WeightedFamilies families, ScaledCurve scaled) {
    int n = samples.size();
    double[] weights = new double[n];
    double[] means = new double[n];
    double[] deviations = new double[n];
    Arrays.fill(weights, 1);
    for (int i = 0; i < n; i++) {
      means[i] = families.value(scaled.horizon(), samples.get(i));
      deviations[i] = WeightedFamilies.noise(samples.get(i));
    }
    double[] accuracies =
        new GaussianMixture(weights, means, deviations).quantiles(QuantilePrediction.SIZE);
    return QuantilePrediction.of(
        Arrays.stream(accuracies)
            .map(accuracy -> scaled.losses().valueOfLoss(1 - accuracy))
            .toArray());
  }
}
