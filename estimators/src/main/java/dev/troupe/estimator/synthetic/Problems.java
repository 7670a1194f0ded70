package dev.troupe.estimator.synthetic;

import dev.troupe.estimator.synthetic.BoxProblem.Definition;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** All problems by name, and how the study file chooses among them. */
final class Problems {

  private static final int LEAST_DIMENSION = 2;
  private static final int MOST_DIMENSION = 40;
  private static final int DEFAULT_DIMENSION = 10;
  private static final int DEFAULT_EPOCHS = 50;
  private static final int MOST_EPOCHS = 10_000;
  private static final int MOST_INSTANCE = 1_000_000;
  private static final String ELLIPSOID = "ellipsoid";

  /** Optima of the fixed instances, away from the centre, where some methods begin. */
  private static final double[] ACKLEY10_AT = {
    9.5, -14.25, 3.75, 18.0, -6.5, 11.25, -20.5, -2.75, 15.5, -11.0
  };

  private static final double[] LEVY8_AT = {3.5, -4.25, 1.75, 5.5, -2.5, -6.0, 4.75, -1.25};

  private static final Map<String, Definition> FIXED = fixed();
  private static final Map<String, IntFunction<Definition>> SCALABLE = scalable();
  private static final List<String> OTHERS = List.of("mixed", "nested", "curves");

  private Problems() {}

  private static Map<String, Definition> fixed() {
    var all = new LinkedHashMap<String, Definition>();
    put(all, branin());
    put(
        all,
        cube(
            "hartmann3",
            0,
            1,
            Formulas::hartmann3,
            -3.8627797873326624,
            0.11458887665506896,
            0.55564889461693,
            0.8525469846866774));
    put(
        all,
        cube(
            "hartmann6",
            0,
            1,
            Formulas::hartmann6,
            -3.322368011415515,
            0.20168951067422813,
            0.15001069619697321,
            0.47687397414963617,
            0.2753324271227949,
            0.31165161711794254,
            0.6573005350276446));
    put(
        all,
        cube("ackley10", -32.768, 32.768, x -> Formulas.ackley(x, ACKLEY10_AT), 0, ACKLEY10_AT));
    put(all, cube("rosenbrock5", -5, 10, Formulas::rosenbrock, 0, same(5, 1)));
    put(all, cube("levy8", -10, 10, x -> Formulas.levy(x, LEVY8_AT), 0, LEVY8_AT));
    put(all, cube("noop", 0, 1, x -> Formulas.sphereAround(x, 0.3), 0, same(7, 0.3)));
    return Collections.unmodifiableMap(all);
  }

  private static void put(Map<String, Definition> all, Definition definition) {
    all.put(definition.name(), definition);
  }

  private static Definition branin() {
    return new Definition(
        "branin",
        new double[] {-5, 0},
        new double[] {10, 15},
        Formulas::branin,
        0.39788735772973816,
        List.of(
            new double[] {Math.PI, 2.275},
            new double[] {-Math.PI, 12.275},
            new double[] {3 * Math.PI, 2.475}),
        false);
  }

  private static Map<String, IntFunction<Definition>> scalable() {
    var all = new LinkedHashMap<String, IntFunction<Definition>>();
    all.put("ackley", Problems::ackley);
    all.put("rosenbrock", n -> cube("rosenbrock", -5, 10, Formulas::rosenbrock, 0, same(n, 1)));
    all.put("levy", Problems::levy);
    all.put("rastrigin", n -> cube("rastrigin", -5.12, 5.12, Formulas::rastrigin, 0, same(n, 0)));
    all.put("griewank", n -> cube("griewank", -600, 600, Formulas::griewank, 0, same(n, 0)));
    all.put("schwefel", Problems::schwefel);
    all.put(
        "styblinski-tang",
        n ->
            cube(
                "styblinski-tang",
                -5,
                5,
                Formulas::styblinskiTang,
                -39.16616570377141 * n,
                same(n, -2.903534027771177)));
    return Collections.unmodifiableMap(all);
  }

  private static Definition ackley(int n) {
    double[] at = same(n, 0);
    return cube("ackley", -32.768, 32.768, x -> Formulas.ackley(x, at), 0, at);
  }

  private static Definition levy(int n) {
    double[] at = same(n, 1);
    return cube("levy", -10, 10, x -> Formulas.levy(x, at), 0, at);
  }

  private static Definition schwefel(int n) {
    return new Definition(
        "schwefel",
        same(n, -500),
        same(n, 500),
        Formulas::schwefel,
        0,
        List.of(same(n, Formulas.SCHWEFEL_AT)),
        true);
  }

  private static Definition cube(
      String name,
      double low,
      double high,
      ToDoubleFunction<double[]> formula,
      double minimum,
      double... minimizer) {
    int n = minimizer.length;
    return new Definition(
        name, same(n, low), same(n, high), formula, minimum, List.of(minimizer), false);
  }

  private static double[] same(int n, double value) {
    var values = new double[n];
    Arrays.fill(values, value);
    return values;
  }

  /** Returns the names of all problems. */
  static List<String> names() {
    var names = new ArrayList<>(FIXED.keySet());
    names.addAll(SCALABLE.keySet());
    names.add(ELLIPSOID);
    names.addAll(OTHERS);
    return names;
  }

  /**
   * Returns the problem that the keys {@code problem}, {@code dimension}, {@code epochs} and {@code
   * instance} choose.
   *
   * @throws IllegalArgumentException if a value is wrong, or means nothing to the problem
   */
  static Problem from(Settings settings) {
    settings.requireString("problem", "branin");
    String name = settings.getOneOf("problem", "", names());
    int instance = settings.getInt("instance", 0, 0, MOST_INSTANCE);
    if (settings.has("epochs") && !name.equals("curves")) {
      throw settings.refuse("epochs", "means something to problem = curves alone");
    }
    if (settings.has("dimension") && !SCALABLE.containsKey(name) && !name.equals(ELLIPSOID)) {
      throw settings.refuse(
          "dimension", "must not be set, since '%s' has a fixed one".formatted(name));
    }
    RandomGenerator random =
        RandomStreams.of(instance).stream(RandomStreams.Kind.SIMULATION, 0, "instance");
    return switch (name) {
      case "mixed" -> instance == 0 ? MixedProblem.plain() : MixedProblem.shifted(random);
      case "nested" -> instance == 0 ? NestedProblem.plain() : NestedProblem.shifted(random);
      case "curves" -> {
        int epochs = settings.getInt("epochs", DEFAULT_EPOCHS, 2, MOST_EPOCHS);
        yield instance == 0 ? CurveProblem.plain(epochs) : CurveProblem.shifted(epochs, random);
      }
      default -> {
        int dimension =
            settings.getInt("dimension", DEFAULT_DIMENSION, LEAST_DIMENSION, MOST_DIMENSION);
        Definition definition = definition(name, dimension, instance);
        yield instance == 0 ? BoxProblem.plain(definition) : BoxProblem.shifted(definition, random);
      }
    };
  }

  private static Definition definition(String name, int dimension, int instance) {
    if (name.equals(ELLIPSOID)) {
      double[][] rotation =
          Rotations.random(
              dimension,
              RandomStreams.of(instance).stream(
                  RandomStreams.Kind.SIMULATION, dimension, "rotation"));
      return cube(ELLIPSOID, -5, 5, x -> Formulas.ellipsoid(x, rotation), 0, same(dimension, 0));
    }
    Definition fixed = FIXED.get(name);
    if (fixed != null) {
      return fixed;
    }
    IntFunction<Definition> scalable = SCALABLE.get(name);
    if (scalable == null) {
      throw new IllegalArgumentException("There is no problem '%s'.".formatted(name));
    }
    return scalable.apply(dimension);
  }
}
