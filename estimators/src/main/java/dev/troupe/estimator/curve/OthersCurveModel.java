package dev.troupe.estimator.curve;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.StreamGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells from trials that have ended how one goes on whose beginning, and configuration, are like
 * theirs: extremely randomised trees ({@link ExtraTree}) over the shape of the beginning and the
 * encoded configuration foretell by how much the loss will change. Works without configurations,
 * too.
 *
 * <p>How uncertain that is, is learned from the same trials: trees of which each saw but a part of
 * them foretell the rest, and the errors that they make there, in proportion to how much trees
 * disagree, are those that they will make here (CV+ of R. F. Barber, E. J. Candès, A. Ramdas, R. J.
 * Tibshirani 2021, "Predictive inference with the jackknife+", doi:10.1214/20-AOS1965). So
 * intervals hold as often as they say, whatever the curves look like, as long as the trials are
 * drawn alike.
 *
 * <p>With fewer than ten finished trials, or where a curve is worse than all of them, {@code fast}
 * answers.
 */
final class OthersCurveModel implements CurveModel {

  static final int FEWEST = 10;

  private static final int FOLDS = 6;
  private static final int TREES = 10;

  /** The disagreement of trees that agree, as a part of the usual one. */
  private static final double LEAST_DISAGREEMENT = 0.3;

  private final RandomStreams streams;
  private final CurveModel alone = new FastCurveModel();

  OthersCurveModel(RandomStreams streams) {
    this.streams = streams;
  }

  @Override
  public CurvePrediction predict(CurveQuery query) {
    if (!Double.isFinite(query.curve().curve().lastValue())) {
      return QuantilePrediction.diverged(query.direction());
    }
    ComparedCurves compared = comparison(query);
    return compared == null ? alone.predict(query) : predict(compared, query.trial());
  }

  private static @Nullable ComparedCurves comparison(CurveQuery query) {
    if (query.finished().size() < FEWEST) {
      return null;
    }
    ComparedCurves compared = ComparedCurves.of(query);
    return compared == null || compared.targets().length < FEWEST ? null : compared;
  }

  private CurvePrediction predict(ComparedCurves compared, long trial) {
    StreamGenerator random = streams.stream(RandomStreams.Kind.PRUNER, trial, "curve-model/others");
    int n = compared.targets().length;
    double[][] columns = columns(compared.features());
    var held = new Guess[n];
    var here = new Guess[FOLDS];
    int[] fold = folds(n, random);
    for (int k = 0; k < FOLDS; k++) {
      int part = k;
      int[] rows = IntStream.range(0, n).filter(i -> fold[i] != part).toArray();
      ExtraTree[] trees = new ExtraTree[TREES];
      for (int t = 0; t < TREES; t++) {
        trees[t] = ExtraTree.grow(columns, compared.targets(), rows, random);
      }
      here[k] = Guess.of(trees, compared.point());
      for (int i = 0; i < n; i++) {
        if (fold[i] == k) {
          held[i] = Guess.of(trees, compared.features()[i]);
        }
      }
    }
    return prediction(compared, fold, held, here);
  }

  /** Returns columns of rows, which lie together in memory as they are read. */
  private static double[][] columns(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < columns.length; k++) {
        columns[k][i] = rows[i][k];
      }
    }
    return columns;
  }

  /** Returns to which part each row belongs; parts differ by one row at most. */
  private static int[] folds(int n, StreamGenerator random) {
    int[] fold = IntStream.range(0, n).map(i -> i % FOLDS).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = fold[i];
      fold[i] = fold[j];
      fold[j] = swapped;
    }
    return fold;
  }

  private static CurvePrediction prediction(
      ComparedCurves compared, int[] fold, Guess[] held, Guess[] here) {
    int n = held.length;
    double usual = 1e-9;
    for (Guess guess : held) {
      usual += guess.disagreement / n;
    }
    double centre = 0;
    for (Guess guess : here) {
      centre += guess.change / here.length;
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double error = compared.targets()[i] - held[i].change;
      double ratio = weight(here[fold[i]], usual) / weight(held[i], usual);
      values[i] = compared.losses().value(compared.level() + centre + ratio * error);
    }
    return QuantilePrediction.of(values);
  }

  private static double weight(Guess guess, double usual) {
    return guess.disagreement + LEAST_DISAGREEMENT * usual;
  }

  /**
   * What trees say.
   *
   * @param change the mean
   * @param disagreement the standard deviation
   */
  private record Guess(double change, double disagreement) {

    static Guess of(ExtraTree[] trees, double[] point) {
      double sum = 0;
      double squares = 0;
      for (ExtraTree tree : trees) {
        double each = tree.predict(point);
        sum += each;
        squares += each * each;
      }
      double mean = sum / trees.length;
      return new Guess(mean, Math.sqrt(Math.max(0, squares / trees.length - mean * mean)));
    }
  }
}
