package dev.troupe.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Generates search spaces for property tests: all kinds of parameters, nested conditions with one
 * or several parents, children declared before their parents, constraints. A space is determined by
 * its seed.
 */
public final class RandomSpaces {

  private static final int MOST_PARAMETERS = 6;

  private final Random random;
  private final boolean finite;
  private final List<Parameter> parameters = new ArrayList<>();

  private RandomSpaces(long seed, boolean finite) {
    this.random = new Random(seed);
    this.finite = finite;
  }

  /** Returns a space of 1 to 6 parameters of any kind. */
  public static SearchSpace of(long seed) {
    return make(seed, false);
  }

  /** Returns a space of some thousand configurations at most. */
  public static SearchSpace finite(long seed) {
    return make(seed, true);
  }

  private static SearchSpace make(long seed, boolean finite) {
    for (long attempt = 0; ; attempt++) {
      try {
        return new RandomSpaces(seed * 1_000_003 + attempt, finite).build();
      } catch (IllegalArgumentException e) {
        // Conditions that exclude each other, or constraints that nothing obeys: another one.
        if (attempt == 1000) {
          throw new IllegalStateException("No space after 1000 attempts, seed " + seed, e);
        }
      }
    }
  }

  private SearchSpace build() {
    int count = 1 + random.nextInt(MOST_PARAMETERS);
    var conditions = new ArrayList<List<Condition>>();
    for (int i = 0; i < count; i++) {
      conditions.add(i == 0 ? List.of() : conditions());
      parameters.add(parameter("p" + (char) ('a' + i) + (random.nextBoolean() ? "-x" : "")));
    }
    var order = new ArrayList<Integer>();
    for (int i = 0; i < count; i++) {
      order.add(i);
    }
    if (random.nextInt(3) == 0) {
      Collections.shuffle(order, random);
    }
    SearchSpace.Builder builder = SearchSpace.builder();
    order.forEach(index -> builder.add(parameters.get(index), conditions.get(index)));
    constraints().forEach(builder::constraint);
    return builder.build();
  }

  private Parameter parameter(String name) {
    return switch (random.nextInt(finite ? 6 : 9)) {
      case 0 -> new BooleanParameter(name);
      case 1 -> CategoricalParameter.of(name, choices());
      case 2 -> CategoricalParameter.ordered(name, choices());
      case 3 -> IntParameter.linear(name, -2, random.nextInt(4)).withStep(1);
      case 4 -> IntParameter.log(name, 1 + random.nextInt(2), 3 + random.nextInt(4));
      case 5 -> new FloatParameter(name, 0.25, 0.25 + 0.125 * random.nextInt(5), scale(), 0.125);
      case 6 -> FloatParameter.linear(name, -1, 1 + random.nextInt(10));
      case 7 -> FloatParameter.log(name, 1e-4, Math.pow(10, -random.nextInt(4)));
      default -> IntParameter.log(name, 1, 1L << (1 + random.nextInt(40)));
    };
  }

  private Scale scale() {
    return random.nextBoolean() ? Scale.LINEAR : Scale.LOG;
  }

  private Object[] choices() {
    int count = 1 + random.nextInt(4);
    var choices = new Object[count];
    int kind = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      choices[i] =
          switch (kind) {
            case 0 -> (Object) (8L << i);
            case 1 -> 0.5 * i;
            default -> "c" + i;
          };
    }
    return choices;
  }

  private List<Condition> conditions() {
    var conditions = new ArrayList<Condition>();
    int count = Math.max(0, random.nextInt(4) - 1);
    for (int i = 0; i < count; i++) {
      Parameter parent = parameters.get(random.nextInt(parameters.size()));
      if (conditions.stream().noneMatch(known -> known.parent().equals(parent.name()))) {
        conditions.add(condition(parent));
      }
    }
    return conditions;
  }

  private Condition condition(Parameter parent) {
    boolean numeric = parent instanceof FloatParameter || parent instanceof IntParameter;
    if (numeric && (parent.cardinality().isEmpty() || random.nextBoolean())) {
      double one = ((Number) parent.decode(random.nextDouble())).doubleValue();
      double other = ((Number) parent.decode(random.nextDouble())).doubleValue();
      return Condition.between(parent.name(), Math.min(one, other), Math.max(one, other));
    }
    return Condition.oneOf(
        parent.name(), parent.decode(random.nextDouble()), parent.decode(random.nextDouble()));
  }

  private List<String> constraints() {
    var numbers =
        parameters.stream()
            .filter(p -> p instanceof FloatParameter || p instanceof IntParameter)
            .toList();
    if (numbers.isEmpty() || random.nextInt(3) > 0) {
      return List.of();
    }
    Parameter one = numbers.get(random.nextInt(numbers.size()));
    Parameter other = numbers.get(random.nextInt(numbers.size()));
    double bound = ((Number) one.decode(random.nextDouble())).doubleValue();
    return List.of(
        random.nextBoolean()
            ? String.format(Locale.ROOT, "%s <= %s or %s > 2", one.name(), bound, other.name())
            : "%s <= %s".formatted(one.name(), other.name()));
  }
}
