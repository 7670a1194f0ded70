package dev.troupe.estimator.synthetic;

import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Conditions under conditions: which of three models, then the parameters of that model, of a
 * network as many widths as it has layers, and the momentum of one of its optimizers; of fourteen
 * parameters two to eight exist. Like the choice of a method and its tuning in one search. The
 * minimum 0 is a network of two layers under sgd; the best trees are 0.1 above it, the best linear
 * model 0.3.
 *
 * <p>An instance above 0 moves the optimum of every number inside its range.
 *
 * @param strength logarithm to base 10 of the best strength of a penalty
 * @param mix the best mix of penalties
 * @param trees logarithm to base 10 of the best number of trees
 * @param depth the best depth of trees
 * @param shrinkage logarithm to base 10 of the best shrinkage of trees
 * @param widths logarithms to base 2 of the best widths of layers, which are whole numbers
 *     themselves; three
 * @param rate logarithm to base 10 of the best learning rate
 * @param momentum the best momentum
 */
record NestedProblem(
    double strength,
    double mix,
    double trees,
    long depth,
    double shrinkage,
    List<Double> widths,
    double rate,
    double momentum)
    implements Problem {

  private static final String LINEAR = "linear";
  private static final String TREES = "trees";
  private static final String NETWORK = "network";
  private static final String SGD = "sgd";
  private static final long BEST_LAYERS = 2;
  private static final int MOST_LAYERS = 3;
  private static final double LINEAR_BASE = 0.3;
  private static final double TREES_BASE = 0.1;
  private static final double ADAM_BASE = 0.04;
  private static final double ADAM_RATE = -1;

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(CategoricalParameter.of("model", LINEAR, TREES, NETWORK))
          .add(
              CategoricalParameter.of("penalty", "l1", "l2", "elastic"),
              Condition.oneOf("model", LINEAR))
          .add(FloatParameter.log("strength", 1e-6, 1e2), Condition.oneOf("model", LINEAR))
          .add(FloatParameter.linear("mix", 0, 1), Condition.oneOf("penalty", "elastic"))
          .add(IntParameter.log("trees", 10, 1000), Condition.oneOf("model", TREES))
          .add(IntParameter.linear("depth", 1, 16), Condition.oneOf("model", TREES))
          .add(FloatParameter.log("shrinkage", 1e-3, 1), Condition.oneOf("model", TREES))
          .add(IntParameter.linear("layers", 1, MOST_LAYERS), Condition.oneOf("model", NETWORK))
          .add(IntParameter.log("width-1", 8, 512), Condition.oneOf("model", NETWORK))
          .add(IntParameter.log("width-2", 8, 512), Condition.between("layers", 2, MOST_LAYERS))
          .add(
              IntParameter.log("width-3", 8, 512),
              Condition.between("layers", MOST_LAYERS, MOST_LAYERS))
          .add(CategoricalParameter.of("optimizer", SGD, "adam"), Condition.oneOf("model", NETWORK))
          .add(FloatParameter.log("rate", 1e-5, 1), Condition.oneOf("model", NETWORK))
          .add(FloatParameter.linear("momentum", 0, 0.99), Condition.oneOf("optimizer", SGD))
          .build();

  NestedProblem {
    widths = List.copyOf(widths);
  }

  /** Returns instance 0. */
  static NestedProblem plain() {
    return new NestedProblem(-1, 0.3, 2.5, 6, -1.25, List.of(6.0, 5.0, 4.0), -1.5, 0.8);
  }

  /** Returns the instance that {@code random} says. */
  static NestedProblem shifted(RandomGenerator random) {
    return new NestedProblem(
        random.nextDouble(-4, 1),
        random.nextDouble(0.2, 0.8),
        random.nextDouble(1.5, 2.8),
        random.nextLong(3, 13),
        random.nextDouble(-2.5, -0.5),
        List.of(width(random), width(random), width(random)),
        random.nextDouble(-3, -1),
        random.nextDouble(0.3, 0.95));
  }

  private static double width(RandomGenerator random) {
    return log2((double) random.nextLong(16, 257));
  }

  @Override
  public String name() {
    return "nested";
  }

  @Override
  public SearchSpace space() {
    return SPACE;
  }

  @Override
  public double value(Configuration configuration) {
    return switch (configuration.getString("model")) {
      case LINEAR -> linear(configuration);
      case TREES -> trees(configuration);
      default -> network(configuration);
    };
  }

  private double linear(Configuration at) {
    double away = log10(at.getDouble("strength")) - strength;
    double value = LINEAR_BASE + 0.02 * away * away;
    return switch (at.getString("penalty")) {
      case "l1" -> value + 0.05;
      case "l2" -> value + 0.02;
      default -> value + 0.2 * square(at.getDouble("mix") - mix);
    };
  }

  private double trees(Configuration at) {
    double count = log10(at.getDouble("trees")) - trees;
    double deep = at.getLong("depth") - depth;
    double slow = log10(at.getDouble("shrinkage")) - shrinkage;
    // Many trees want a small step.
    return TREES_BASE + 0.1 * square(count) + 0.005 * square(deep) + 0.2 * square(slow + count);
  }

  private double network(Configuration at) {
    long layers = at.getLong("layers");
    double value = 0.05 * square(layers - BEST_LAYERS);
    for (int layer = 1; layer <= layers; layer++) {
      value += 0.04 * square(log2(at.getDouble("width-" + layer)) - widths.get(layer - 1));
    }
    double away = log10(at.getDouble("rate")) - rate + 0.25 * (layers - BEST_LAYERS);
    if (at.getString("optimizer").equals(SGD)) {
      double push = at.getDouble("momentum") - momentum;
      return value + 0.2 * square(away + push) + 0.3 * square(push);
    }
    return value + ADAM_BASE + 0.2 * square(away - ADAM_RATE);
  }

  private static double square(double value) {
    return value * value;
  }

  private static double log2(double value) {
    return StrictMath.log(value) / StrictMath.log(2.0);
  }

  private static double log10(double value) {
    return StrictMath.log10(value);
  }

  @Override
  public double minimum() {
    return 0;
  }

  @Override
  public List<Configuration> minimizers() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model", NETWORK);
    values.put("layers", BEST_LAYERS);
    for (int layer = 1; layer <= BEST_LAYERS; layer++) {
      values.put("width-" + layer, Math.round(StrictMath.pow(2, widths.get(layer - 1))));
    }
    values.put("optimizer", SGD);
    values.put("rate", StrictMath.pow(10, rate));
    values.put("momentum", momentum);
    return List.of(Configuration.of(values));
  }
}
