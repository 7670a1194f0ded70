package dev.troupe.estimator.synthetic;

import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Two categorical parameters, two whole numbers and three reals on log scales, one of which exists
 * only under {@code opt = sgd}: it looks like the tuning of a small network. The wide basin is that
 * of adam (0.15 above the minimum); the minimum 0 is in the narrower one of sgd, where learning
 * rate and momentum interact.
 *
 * <p>An instance above 0 moves the optimum of every number inside its range and deals the
 * activations anew; the roles of the optimizers stay, since a condition depends on them.
 *
 * @param activations the activations from the best to the worst
 * @param layers the best number of layers
 * @param units the logarithm to base 2 of the best number of units, which is a whole number itself
 * @param rate how far the best learning rates are moved, in decades
 * @param decay logarithm to base 10 of the best weight decay, negated
 * @param momentum logarithm to base 10 of the best 1 - momentum, negated
 */
record MixedProblem(
    List<String> activations, long layers, double units, double rate, double decay, double momentum)
    implements Problem {

  private static final List<String> OPTIMIZERS = List.of("sgd", "adam", "rmsprop");
  private static final double[] OPTIMIZER_BASE = {0, 0.15, 0.3};
  private static final double[] OPTIMIZER_RATE = {-1.5, -3, -3.25};
  private static final List<String> ACTIVATIONS = List.of("gelu", "relu", "selu", "tanh");
  private static final double[] ACTIVATION_BASE = {0, 0.08, 0.12, 0.25};

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(CategoricalParameter.of("opt", OPTIMIZERS.toArray()))
          .add(CategoricalParameter.of("act", "relu", "tanh", "gelu", "selu"))
          .add(IntParameter.linear("layers", 1, 8))
          .add(IntParameter.log("units", 16, 512))
          .add(FloatParameter.log("lr", 1e-5, 1))
          .add(FloatParameter.log("wd", 1e-8, 1e-1))
          .add(FloatParameter.log("mom1m", 1e-3, 1), Condition.oneOf("opt", "sgd"))
          .build();

  MixedProblem {
    activations = List.copyOf(activations);
  }

  /** Returns instance 0. */
  static MixedProblem plain() {
    return new MixedProblem(ACTIVATIONS, 5, 7, 0, 4, 1);
  }

  /** Returns the instance that {@code random} says. */
  static MixedProblem shifted(RandomGenerator random) {
    var activations = new ArrayList<>(ACTIVATIONS);
    for (int i = activations.size() - 1; i > 0; i--) {
      Collections.swap(activations, i, random.nextInt(i + 1));
    }
    return new MixedProblem(
        activations,
        random.nextLong(2, 8),
        log2((double) random.nextLong(24, 385)),
        random.nextDouble(-1.25, 0.75),
        random.nextDouble(2, 7),
        random.nextDouble(0.5, 2.5));
  }

  @Override
  public String name() {
    return "mixed";
  }

  @Override
  public SearchSpace space() {
    return SPACE;
  }

  @Override
  public double value(Configuration configuration) {
    int optimizer = OPTIMIZERS.indexOf(configuration.getString("opt"));
    double l = configuration.getLong("layers") - layers;
    double u = log2(configuration.getDouble("units")) - units;
    double bestRate = OPTIMIZER_RATE[optimizer];
    double s = OPTIMIZER_BASE[optimizer];
    if (optimizer == 0) {
      double m = StrictMath.log10(configuration.getDouble("mom1m")) + momentum;
      bestRate = bestRate + 0.5 * m;
      s = s + 0.3 * m * m;
    }
    int activation = activations.indexOf(configuration.getString("act"));
    s = s + ACTIVATION_BASE[activation] * (1 + 0.25 * Math.abs(l));
    double d = StrictMath.log10(configuration.getDouble("lr")) - rate - bestRate;
    s = s + 0.4 * d * d + 0.1 * (1 - StrictMath.cos(2 * Math.PI * d));
    double w = StrictMath.log10(configuration.getDouble("wd")) + decay - 0.25 * l;
    s = s + 0.05 * w * w;
    return s + (0.04 * l * l + 0.1 * u * u + 0.05 * l * u);
  }

  private static double log2(double value) {
    return StrictMath.log(value) / StrictMath.log(2.0);
  }

  @Override
  public double minimum() {
    return 0;
  }

  @Override
  public List<Configuration> minimizers() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("opt", "sgd");
    values.put("act", activations.get(0));
    values.put("layers", layers);
    values.put("units", Math.round(StrictMath.pow(2, units)));
    values.put("lr", StrictMath.pow(10, OPTIMIZER_RATE[0] + rate));
    values.put("wd", StrictMath.pow(10, -decay));
    values.put("mom1m", StrictMath.pow(10, -momentum));
    return List.of(Configuration.of(values));
  }
}
