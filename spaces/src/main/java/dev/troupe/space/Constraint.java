package dev.troupe.space;

import static java.util.Objects.requireNonNull;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A rule over several parameters that a configuration has to obey. */
public sealed interface Constraint {

  /** Returns a rule written as text; see {@link Text}. */
  static Constraint text(String expression) {
    return new Text(expression);
  }

  /** Returns a rule written in Java, known and compared by its id. */
  static Constraint of(String id, Predicate<Configuration> predicate) {
    return new Code(id, predicate);
  }

  /** Returns what messages call it. */
  String label();

  /**
   * A rule written as text, such as {@code "units * layers <= 512"} or {@code "layers == 1 or
   * learning-rate <= 0.05"}. It knows the space's parameters by name, numbers, texts in quotes,
   * {@code true} and {@code false}; {@code + - * / %}, comparisons, {@code and}, {@code or}, {@code
   * not}, parentheses; and {@code abs, min, max, floor, ceil, sqrt, pow, exp, log, log2, log10}.
   * All numbers are real ones: half of 3 is 1.5. A text is a choice of some parameter; {@code not}
   * stands before a parenthesis or a truth value; texts and truth values are compared with their
   * like and never ordered. Types are checked when the space is built. A hyphen inside the name of
   * a parameter belongs to the name: a blank makes it a minus. A parameter without a value makes
   * the whole rule true.
   *
   * @param expression the text; surrounding blanks do not count
   */
  record Text(String expression) implements Constraint {

    /** Checks that there is a text. */
    public Text {
      expression = expression.strip();
      if (expression.isEmpty()) {
        throw new IllegalArgumentException(
            "A constraint must not be blank. Maybe write \"units * layers <= 512\".");
      }
    }

    @Override
    public String label() {
      return expression;
    }
  }

  /**
   * A rule written in Java. Two are equal if their ids are.
   *
   * @param id what it is known by
   * @param predicate pure and thread safe; asked about configurations that are otherwise valid
   */
  record Code(String id, Predicate<Configuration> predicate) implements Constraint {

    /** Requires both. */
    public Code {
      requireNonNull(predicate, "predicate");
      if (id.isBlank()) {
        throw new IllegalArgumentException(
            "A constraint in Java needs an id by which it is compared, but it was blank. Maybe 'fits-memory'.");
      }
    }

    @Override
    public String label() {
      return id;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Code that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }
  }
}
