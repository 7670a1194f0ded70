package dev.troupe.estimator.synthetic;

import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Learning curves that look like those of a small network. The loss after epoch t follows a power
 * law (Domhan, Springenberg, Hutter, IJCAI 2015),
 *
 * <pre>{@code
 * loss(t) = a + (2.3 - a) (1 + t)^-r
 * }</pre>
 *
 * <p>whose rate r and asymptote a depend on the configuration: a large learning rate, a narrow
 * network and little dropout learn fast at first, so that curves cross and the early leaders often
 * are not the best. The asymptote is chosen such that the loss after the last epoch is a sum of
 * squares, whose minimum 0.1 is known. A learning rate of more than about five times the best one
 * makes the loss NaN after some epochs, the fewer the larger it is.
 *
 * <p>An instance above 0 moves the best learning rates, width and dropout, and decides which
 * optimizer is the better one.
 *
 * @param epochs the last epoch, at least 2
 * @param best the better optimizer, by its index
 * @param rates logarithm to base 10 of the best learning rate by optimizer
 * @param width the best width
 * @param dropout the best dropout at the best width
 */
record CurveProblem(int epochs, int best, List<Double> rates, long width, double dropout)
    implements Problem {

  private static final List<String> OPTIMIZERS = List.of("sgd", "adam");
  private static final double START = 2.3;
  private static final double MINIMUM = 0.1;
  private static final double OTHER_OPTIMIZER = 0.05;
  private static final double DIVERGENCE = 0.7;
  private static final long MIDDLE_WIDTH = 64;

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(CategoricalParameter.of("optimizer", OPTIMIZERS.toArray()))
          .add(FloatParameter.log("learning-rate", 1e-4, 1))
          .add(IntParameter.log("width", 16, 256))
          .add(FloatParameter.linear("dropout", 0, 0.8))
          .build();

  CurveProblem {
    rates = List.copyOf(rates);
  }

  /** Returns instance 0. */
  static CurveProblem plain(int epochs) {
    return new CurveProblem(epochs, 0, List.of(-1.0, -2.5), 128, 0.3);
  }

  /** Returns the instance that {@code random} says. */
  static CurveProblem shifted(int epochs, RandomGenerator random) {
    return new CurveProblem(
        epochs,
        random.nextInt(OPTIMIZERS.size()),
        List.of(random.nextDouble(-1.8, -0.8), random.nextDouble(-3.2, -2.2)),
        random.nextLong(48, 193),
        random.nextDouble(0.15, 0.5));
  }

  @Override
  public String name() {
    return "curves";
  }

  @Override
  public SearchSpace space() {
    return SPACE;
  }

  /** {@inheritDoc} That after the last epoch. */
  @Override
  public double value(Configuration configuration) {
    return loss(Terms.of(this, configuration), epochs);
  }

  /** Returns the losses after epochs 1 to {@code last}, NaN from where they diverge. */
  double[] curve(Configuration configuration, int last) {
    Terms terms = Terms.of(this, configuration);
    var losses = new double[last];
    for (int epoch = 1; epoch <= last; epoch++) {
      losses[epoch - 1] = loss(terms, epoch);
    }
    return losses;
  }

  private double loss(Terms terms, int epoch) {
    if (epoch >= terms.divergence()) {
      return Double.NaN;
    }
    double end = StrictMath.pow(1.0 + epochs, -terms.rate());
    double now = StrictMath.pow(1.0 + epoch, -terms.rate());
    // The power law through START at epoch 0 and the final loss at the last epoch.
    return terms.end() + (START - terms.end()) * (now - end) / (1 - end);
  }

  /** Returns the deviation of one measured loss from the true one: more for large rates. */
  double noise(Configuration configuration) {
    return 0.004 * StrictMath.exp(Terms.of(this, configuration).step());
  }

  /** Returns the cost of an epoch as a multiple of that of a network of width 64: 0.625 to 2.5. */
  double relativeCost(Configuration configuration) {
    return 0.5 + 0.5 * configuration.getLong("width") / MIDDLE_WIDTH;
  }

  @Override
  public double minimum() {
    return MINIMUM;
  }

  @Override
  public List<Configuration> minimizers() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("optimizer", OPTIMIZERS.get(best));
    values.put("learning-rate", StrictMath.pow(10, rates.get(best)));
    values.put("width", width);
    values.put("dropout", dropout);
    return List.of(Configuration.of(values));
  }

  /**
   * What the curve of a configuration is made of.
   *
   * @param step how far the learning rate is above the best one, in decades
   * @param end loss after the last epoch
   * @param rate exponent of the power law, 0.25 to 2.5
   * @param divergence first epoch without a finite loss
   */
  private record Terms(double step, double end, double rate, double divergence) {

    static Terms of(CurveProblem problem, Configuration configuration) {
      int optimizer = OPTIMIZERS.indexOf(configuration.getString("optimizer"));
      double step =
          StrictMath.log10(configuration.getDouble("learning-rate")) - problem.rates.get(optimizer);
      double wide =
          (StrictMath.log(configuration.getDouble("width"))
                  - StrictMath.log((double) problem.width))
              / StrictMath.log(2);
      double dropped = configuration.getDouble("dropout") - problem.dropout - 0.05 * wide;
      double end =
          MINIMUM
              + (optimizer == problem.best ? 0 : OTHER_OPTIMIZER)
              + 0.15 * step * step
              + 0.03 * wide * wide
              + 0.8 * dropped * dropped;
      double rate = (optimizer == 0 ? 0.9 : 1.2) + 0.5 * step - 0.15 * wide - dropped;
      return new Terms(
          step,
          end,
          Math.min(2.5, Math.max(0.25, rate)),
          step > DIVERGENCE ? 1 + Math.floor(10 / (step / DIVERGENCE)) : Double.POSITIVE_INFINITY);
    }
  }
}
