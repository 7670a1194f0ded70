package dev.troupe.strategy.bayes;

import dev.troupe.space.Parameter;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns points of a space's unit cube into what a kernel compares: numeric features, whose squared
 * differences count, codes, which are equal or not, and terms of a trend. Immutable and thread
 * safe.
 *
 * <p>An ordered parameter is one numeric feature, its coordinate; an unordered one is a code. A
 * parameter that exists under conditions only is two numeric features, which wind its interval
 * around an arc of radius 1/2, with the centre standing for its absence (Swersky, Duvenaud, Snoek,
 * Hutter, Osborne 2013, arXiv:1409.4011): the distance is 0 where two points both lack it, 1/2
 * where one does, and grows with the difference of values where both have it. An absent code is a
 * code of its own. A parameter with one value that always exists is no feature.
 *
 * <p>Each ordered parameter has two terms in the trend, the first two Legendre polynomials of its
 * coordinate, which under uniform sampling have mean 0 and variance 1; they are 0 where it does not
 * exist.
 */
final class FeatureMap {

  /** Radius of the arc; an interval of length 1 spans an angle of 2, less than half a circle. */
  private static final double RADIUS = 0.5;

  private static final double ABSENT = -1;
  private static final int TERMS = 2;
  private static final double LINEAR = Math.sqrt(12);
  private static final double QUADRATIC = Math.sqrt(180);
  private static final double MEAN_SQUARE = 1.0 / 12;

  private enum Form {
    NONE,
    PLAIN,
    ARC,
    CODE
  }

  private final Form[] forms;

  /** First feature, or the code, of each parameter. */
  private final int[] places;

  /** Parameter of each length scale of numeric features. */
  private final int[] scaleParameters;

  /** Length scale of each numeric feature. */
  private final int[] scales;

  private final int codes;

  private FeatureMap(Form[] forms) {
    this.forms = forms;
    this.places = new int[forms.length];
    List<Integer> owners = new ArrayList<>();
    List<Integer> scaleOfFeature = new ArrayList<>();
    int nextCode = 0;
    for (int j = 0; j < forms.length; j++) {
      places[j] = forms[j] == Form.CODE ? nextCode++ : scaleOfFeature.size();
      int width = forms[j] == Form.ARC ? 2 : forms[j] == Form.PLAIN ? 1 : 0;
      for (int i = 0; i < width; i++) {
        scaleOfFeature.add(owners.size());
      }
      if (width > 0) {
        owners.add(j);
      }
    }
    scaleParameters = owners.stream().mapToInt(Integer::intValue).toArray();
    scales = scaleOfFeature.stream().mapToInt(Integer::intValue).toArray();
    codes = nextCode;
  }

  static FeatureMap of(SearchSpace space) {
    Activity activity = Activity.of(space);
    List<Parameter> parameters = space.parameters();
    var forms = new Form[parameters.size()];
    for (int j = 0; j < forms.length; j++) {
      UnitCells cells = UnitCells.of(parameters.get(j));
      boolean conditional = activity.isConditional(j);
      if (cells.isConstant() && !conditional) {
        forms[j] = Form.NONE;
      } else if (cells.isOrdered()) {
        forms[j] = conditional ? Form.ARC : Form.PLAIN;
      } else {
        forms[j] = Form.CODE;
      }
    }
    return new FeatureMap(forms);
  }

  /** Returns the map of {@code dimensions} coordinates that always exist and are numbers. */
  static FeatureMap numeric(int dimensions) {
    var forms = new Form[dimensions];
    Arrays.fill(forms, Form.PLAIN);
    return new FeatureMap(forms);
  }

  /** Returns the number of numeric features. */
  int numericCount() {
    return scales.length;
  }

  /** Returns the number of codes, each of which has a length scale of its own. */
  int codeCount() {
    return codes;
  }

  /** Returns the number of length scales of numeric features. */
  int scaleCount() {
    return scaleParameters.length;
  }

  /** Returns the length scale of a numeric feature. */
  int scale(int feature) {
    return scales[feature];
  }

  /**
   * Returns the length scales of ordered parameters, shape [d]; 0 where a parameter has none.
   *
   * @param kernelParameters of a {@link Kernel}
   */
  double[] lengths(double[] kernelParameters) {
    var lengths = new double[forms.length];
    for (int s = 0; s < scaleParameters.length; s++) {
      lengths[scaleParameters[s]] = StrictMath.exp(kernelParameters[s]);
    }
    return lengths;
  }

  /** Returns the parameter, by its index in the space, that a code belongs to. */
  int parameterOfCode(int code) {
    for (int j = 0; j < forms.length; j++) {
      if (forms[j] == Form.CODE && places[j] == code) {
        return j;
      }
    }
    throw new IllegalArgumentException(
        "A code must be below %d, but it was %d.".formatted(codes, code));
  }

  /** Returns the number of terms of the trend. */
  int trendCount() {
    return TERMS * scaleParameters.length;
  }

  /** Returns an empty vector. */
  FeatureVector vector() {
    return new FeatureVector(
        new double[numericCount()], new double[trendCount()], new double[codes]);
  }

  /**
   * Maps a point.
   *
   * @param point shape [d]
   * @param active shape [d], which parameters exist
   * @param result receives its features
   */
  void map(double[] point, boolean[] active, FeatureVector result) {
    for (int j = 0; j < forms.length; j++) {
      int place = places[j];
      switch (forms[j]) {
        case NONE -> {}
        case PLAIN -> result.numeric()[place] = point[j];
        case CODE -> result.code()[place] = active[j] ? point[j] : ABSENT;
        case ARC -> {
          result.numeric()[place] = active[j] ? RADIUS * StrictMath.cos(angle(point[j])) : 0;
          result.numeric()[place + 1] = active[j] ? RADIUS * StrictMath.sin(angle(point[j])) : 0;
        }
      }
    }
    for (int s = 0; s < scaleParameters.length; s++) {
      int j = scaleParameters[s];
      double centered = point[j] - 0.5;
      result.trend()[TERMS * s] = active[j] ? LINEAR * centered : 0;
      result.trend()[TERMS * s + 1] =
          active[j] ? QUADRATIC * (centered * centered - MEAN_SQUARE) : 0;
    }
  }

  private static double angle(double unit) {
    return unit / RADIUS;
  }

  /**
   * Turns a gradient in features into one in coordinates; zero for codes and for what does not
   * exist.
   *
   * @param numeric gradient by numeric features
   * @param trend gradient by terms of the trend
   * @param result receives it, shape [d]
   */
  void pullBack(
      double[] point, boolean[] active, double[] numeric, double[] trend, double[] result) {
    Arrays.fill(result, 0);
    for (int s = 0; s < scaleParameters.length; s++) {
      int j = scaleParameters[s];
      if (active[j]) {
        int place = places[j];
        double slope = numeric[place];
        if (forms[j] == Form.ARC) {
          double angle = angle(point[j]);
          slope = numeric[place + 1] * StrictMath.cos(angle) - slope * StrictMath.sin(angle);
        }
        result[j] =
            slope
                + LINEAR * trend[TERMS * s]
                + 2 * QUADRATIC * (point[j] - 0.5) * trend[TERMS * s + 1];
      }
    }
  }
}
