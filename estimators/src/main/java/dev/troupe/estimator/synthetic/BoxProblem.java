package dev.troupe.estimator.synthetic;

import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A formula over a box of real parameters {@code x0 … x(n-1)}.
 *
 * <p>An instance above 0 is shifted: its optimum is drawn evenly from the inner 80 % of the box in
 * every coordinate, and the formula is evaluated at {@code x - shift}. Most formulas have no
 * smaller value beyond their box, so that the minimum stays what it is. The others (Schwefel) are
 * continued beyond it by reflection at its faces, which adds no value that the box does not have.
 */
final class BoxProblem implements Problem {

  private static final double MARGIN = 0.1;

  /**
   * What is known about a formula.
   *
   * @param name that of the problem
   * @param low lower bounds, shape [n]
   * @param high upper bounds, shape [n]
   * @param formula of a point, shape [n]
   * @param minimum its smallest value in the box
   * @param minimizers where it is taken, at least one point
   * @param isReflected whether it is continued by reflection, since it is smaller beyond the box
   */
  @SuppressWarnings("ArrayRecordComponent") // private to this package, never compared or changed
  record Definition(
      String name,
      double[] low,
      double[] high,
      ToDoubleFunction<double[]> formula,
      double minimum,
      List<double[]> minimizers,
      boolean isReflected) {}

  private final Definition definition;
  private final String[] names;
  private final double @Nullable [] shift;
  private final SearchSpace space;

  private BoxProblem(Definition definition, double @Nullable [] shift) {
    this.definition = definition;
    this.shift = shift;
    SearchSpace.Builder builder = SearchSpace.builder();
    names = new String[definition.low.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = "x" + i;
      builder.add(FloatParameter.linear(names[i], definition.low[i], definition.high[i]));
    }
    space = builder.build();
  }

  /** Returns the formula as it is. */
  static BoxProblem plain(Definition definition) {
    return new BoxProblem(definition, null);
  }

  /** Returns the formula with its first minimizer moved to where {@code random} says. */
  static BoxProblem shifted(Definition definition, RandomGenerator random) {
    var shift = new double[definition.low.length];
    double[] from = definition.minimizers.get(0);
    for (int i = 0; i < shift.length; i++) {
      double unit = MARGIN + (1 - 2 * MARGIN) * random.nextDouble();
      double to = definition.low[i] + unit * (definition.high[i] - definition.low[i]);
      shift[i] = to - from[i];
    }
    return new BoxProblem(definition, shift);
  }

  @Override
  public String name() {
    return definition.name;
  }

  @Override
  public SearchSpace space() {
    return space;
  }

  @Override
  public double value(Configuration configuration) {
    var point = new double[names.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = configuration.getDouble(names[i]);
      if (shift != null) {
        point[i] -= shift[i];
        if (definition.isReflected) {
          point[i] = reflected(point[i], definition.low[i], definition.high[i]);
        }
      }
    }
    return definition.formula.applyAsDouble(point);
  }

  /** Returns {@code x} mirrored into [low, high], from which it is less than one width away. */
  private static double reflected(double x, double low, double high) {
    if (x < low) {
      return low + (low - x);
    }
    return x > high ? high - (x - high) : x;
  }

  @Override
  public double minimum() {
    return definition.minimum;
  }

  /** {@inheritDoc} Those that a shift moves out of the box are left out. */
  @Override
  public List<Configuration> minimizers() {
    return definition.minimizers.stream().map(this::configuration).filter(space::contains).toList();
  }

  private Configuration configuration(double[] minimizer) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      values.put(names[i], shift == null ? minimizer[i] : minimizer[i] + shift[i]);
    }
    return Configuration.of(values);
  }
}
