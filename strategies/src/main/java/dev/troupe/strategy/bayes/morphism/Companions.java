package dev.troupe.strategy.bayes.morphism;

import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.Encoding;
import dev.troupe.space.Parameter;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The parameters beside the morphisms, such as a learning rate; often there are none. */
final class Companions {

  private static final int MOST_TRIED = 50;
  private static final double HALF_ROOT = Math.sqrt(0.5);

  private final SearchSpace space;
  private final List<Parameter> parameters;
  private final int[] places;

  /**
   * Returns those of a space.
   *
   * @param others names of the parameters that are none
   */
  Companions(SearchSpace space, Set<String> others) {
    this.space = space;
    parameters = space.parameters().stream().filter(each -> !others.contains(each.name())).toList();
    places = parameters.stream().mapToInt(each -> space.names().indexOf(each.name())).toArray();
  }

  boolean isEmpty() {
    return parameters.isEmpty();
  }

  /** Returns their values alone. */
  Configuration values(Configuration configuration) {
    Configuration values = Configuration.empty();
    for (Parameter parameter : parameters) {
      Object value = configuration.find(parameter.name());
      if (value != null) {
        values = values.with(parameter.name(), value);
      }
    }
    return values;
  }

  /**
   * Returns coordinates whose distances say how different values are: numbers and ordered choices
   * lie on the unit interval, two other choices, and a value and none, are at distance 1.
   */
  double[] coordinates(Configuration configuration) {
    if (isEmpty()) {
      return new double[0];
    }
    Encoding encoding = space.encode(configuration);
    var coordinates = new ArrayList<Double>();
    for (int i = 0; i < places.length; i++) {
      addCoordinates(parameters.get(i), encoding, places[i], configuration, coordinates);
    }
    return coordinates.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void addCoordinates(
      Parameter parameter,
      Encoding encoding,
      int place,
      Configuration configuration,
      List<Double> coordinates) {
    boolean isActive = encoding.active()[place];
    coordinates.add(isActive ? 1.0 : 0.0);
    if (parameter instanceof CategoricalParameter categorical && !categorical.ordered()) {
      for (Object choice : categorical.choices()) {
        boolean isChosen = isActive && choice.equals(configuration.find(parameter.name()));
        coordinates.add(isChosen ? HALF_ROOT : 0);
      }
    } else {
      coordinates.add(isActive ? encoding.point()[place] : 0.5);
    }
  }

  /** Returns a configuration with values of another one in place of its own. */
  Configuration replaced(Configuration configuration, Configuration other) {
    Map<String, Object> values = configuration.toMap();
    for (Parameter parameter : parameters) {
      Object value = other.find(parameter.name());
      if (value == null) {
        values.remove(parameter.name());
      } else {
        values.put(parameter.name(), value);
      }
    }
    return Configuration.of(values);
  }

  /** Returns a configuration with values drawn anew, or as it is if no draw is allowed. */
  Configuration redrawn(Configuration configuration, RandomGenerator random) {
    for (int i = 0; i < MOST_TRIED && !isEmpty(); i++) {
      Configuration drawn = replaced(configuration, space.sample(random));
      if (space.contains(drawn)) {
        return drawn;
      }
    }
    return configuration;
  }

  /** Returns a configuration with a small change of the values, or as it is if none is found. */
  Configuration mutated(Configuration configuration, RandomGenerator random) {
    for (int i = 0; i < MOST_TRIED && !isEmpty(); i++) {
      Configuration drawn = replaced(configuration, space.mutate(configuration, random));
      if (!drawn.equals(configuration) && space.contains(drawn)) {
        return drawn;
      }
    }
    return configuration;
  }
}
