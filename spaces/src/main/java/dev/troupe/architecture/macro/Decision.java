package dev.troupe.architecture.macro;

import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.util.List;

/**
 * A choice from a list: a parameter of a space, or nothing where the list leaves no choice.
 *
 * @param <T> type of the choices: a whole number, a real one or a text
 * @param name of the parameter
 * @param choices at least one; unmodifiable
 * @param ordered whether neighbours are alike
 */
record Decision<T>(String name, List<T> choices, boolean ordered) {

  /** Copies the choices. */
  Decision {
    choices = List.copyOf(choices);
  }

  /** Returns a choice among numbers. */
  static <N extends Number> Decision<N> number(String name, List<N> choices) {
    return new Decision<>(name, choices, true);
  }

  /** Returns a choice among texts. */
  static Decision<String> text(String name, List<String> choices) {
    return new Decision<>(name, choices, false);
  }

  /** Adds the parameter, if there is a choice. */
  void addTo(SearchSpace.Builder space, Condition... when) {
    if (choices.size() > 1) {
      space.add(new CategoricalParameter(name, List.copyOf(choices), ordered), when);
    }
  }

  /** Returns what was chosen. */
  T of(Configuration configuration) {
    if (choices.size() == 1) {
      return choices.get(0);
    }
    String chosen = configuration.getString(name);
    for (T choice : choices) {
      if (choice.toString().equals(chosen)) { // an Integer here is a Long there
        return choice;
      }
    }
    throw new IllegalArgumentException(
        "Parameter '%s': must be one of %s, but was %s. Maybe %s."
            .formatted(name, choices, chosen, choices.get(0)));
  }
}
