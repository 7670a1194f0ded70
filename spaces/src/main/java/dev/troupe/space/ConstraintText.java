package dev.troupe.space;

import dev.troupe.settings.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Translates the text of a constraint, word by word, into what the interpreter reads. Only what the
 * language has gets through: names of parameters (as stand-ins, since they may hold hyphens),
 * numbers, texts that are somebody's choice, the operators, and calls of our functions. Not thread
 * safe.
 */
final class ConstraintText {

  static final Set<String> FUNCTIONS =
      Set.of("abs", "min", "max", "floor", "ceil", "sqrt", "pow", "exp", "log", "log2", "log10");

  private static final Set<String> WORDS = Set.of("and", "or", "not", "true", "false");

  /** Longer ones first, so that {@code <=} is not read as {@code <}. */
  private static final List<String> OPERATORS =
      List.of(
          "<=", ">=", "==", "!=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "(", ")", ",",
          "!");

  private static final int MOST_NESTED = 50;
  private static final int LONGEST = 10_000;

  private final String text;
  private final List<Parameter> parameters;
  private final List<String> names;
  private final Set<Integer> used = new LinkedHashSet<>();
  private final StringBuilder lazy = new StringBuilder();
  private final StringBuilder eager = new StringBuilder();
  private int at;
  private int nested;
  private int prefixes;
  private boolean afterNot;

  private ConstraintText(String text, List<Parameter> parameters) {
    this.text = text;
    this.parameters = parameters;
    this.names = parameters.stream().map(Parameter::name).toList();
  }

  /**
   * What the interpreter reads.
   *
   * @param lazy with {@code and} and {@code or} that stop as soon as the result is clear
   * @param eager with {@code and} and {@code or} that compute both sides, whatever their values
   * @param parameters the indices of the parameters that occur, each once; {@code p_i} stands for
   *     the i-th
   */
  record Translation(String lazy, String eager, List<Integer> parameters) {}

  /**
   * Translates a text.
   *
   * @throws IllegalArgumentException if it holds what the language does not have
   */
  static Translation translate(String text, List<Parameter> parameters) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "A constraint must have at most %d characters, but one has %d. Maybe split it."
              .formatted(LONGEST, text.length()));
    }
    var reader = new ConstraintText(text, parameters);
    while (reader.at < text.length()) {
      reader.readToken();
    }
    return new Translation(
        reader.lazy.toString(), reader.eager.toString(), List.copyOf(reader.used));
  }

  static String standIn(int index) {
    return "p_" + index;
  }

  private void readToken() {
    char c = text.charAt(at);
    if (Character.isWhitespace(c)) {
      at++;
    } else if (c == '\'' || c == '"') {
      readText(c);
    } else if (isDigit(c)) {
      readNumber();
    } else if (isLetter(c)) {
      readWord();
    } else {
      readOperator();
    }
  }

  private void readText(char quote) {
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw refuse("a text in quotes must end, but %s does not.".formatted(text.substring(at)), "");
    }
    String content = text.substring(at + 1, end);
    List<String> choices = choices();
    if (!choices.contains(content)) {
      throw refuse(
          "no parameter has the choice '%s'.".formatted(content), Nearest.hint(content, choices));
    }
    at = end + 1;
    value("\"" + content.replace("\\", "\\\\").replace("\"", "\\\"") + "\"", false);
  }

  private List<String> choices() {
    var choices = new ArrayList<String>();
    for (Parameter parameter : parameters) {
      if (parameter instanceof CategoricalParameter categorical) {
        for (Object choice : categorical.choices()) {
          if (choice instanceof String name) {
            choices.add(name);
          }
        }
      }
    }
    return choices;
  }

  /** Reads a number as a real one, the letter of whose exponent is not a name. */
  private void readNumber() {
    int start = at;
    skipDigits();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      skipDigits();
    }
    if (at < text.length() && Character.toLowerCase(text.charAt(at)) == 'e') {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      skipDigits();
    }
    String number = text.substring(start, at);
    double value = parse(number);
    if (Double.isInfinite(value) || (at < text.length() && isNamePart(text.charAt(at)))) {
      throw notANumber(start);
    }
    value(Double.toString(value).replace("E-", "e-").replace("E", "e+") + "d", false);
  }

  private double parse(String number) {
    try {
      return Double.parseDouble(number);
    } catch (NumberFormatException e) {
      throw notANumber(at - number.length());
    }
  }

  private IllegalArgumentException notANumber(int start) {
    int end = at;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    return refuse(
        "'%s' is not a number.".formatted(text.substring(start, end)), "Maybe 0.5 or 1e-3.");
  }

  private void skipDigits() {
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
  }

  private void readWord() {
    int end = at;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    String longest = text.substring(at, end);
    String known = longestKnown(longest);
    if (known == null) {
      throw unknown(longest);
    }
    at += known.length();
    if (WORDS.contains(known)) {
      keyword(known);
    } else if (names.contains(known) && !isCall(known)) {
      int index = names.indexOf(known);
      used.add(index);
      value(standIn(index), parameters.get(index) instanceof BooleanParameter);
    } else {
      endPrefixes(false);
      append(known, known);
    }
  }

  /** Returns the longest head of a word, up to one of its hyphens, that means something. */
  private @Nullable String longestKnown(String longest) {
    String word = longest;
    while (!names.contains(word) && !WORDS.contains(word) && !FUNCTIONS.contains(word)) {
      int hyphen = word.lastIndexOf('-');
      if (hyphen < 0) {
        return null;
      }
      word = word.substring(0, hyphen);
    }
    return word;
  }

  private boolean isCall(String word) {
    int next = at;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return FUNCTIONS.contains(word) && next < text.length() && text.charAt(next) == '(';
  }

  private IllegalArgumentException unknown(String word) {
    if (choices().contains(word)) {
      return refuse(
          "a text stands in quotes, but %s does not.".formatted(word),
          "Maybe \"%s\" in single quotes.".formatted(word));
    }
    return refuse(
        "there is no parameter '%s'.".formatted(word), Nearest.hint(word, new TreeSet<>(names)));
  }

  private void keyword(String word) {
    switch (word) {
      case "and" -> binary("&&", "&");
      case "or" -> binary("||", "|");
      case "not" -> negation();
      default -> value(word, true);
    }
  }

  private void readOperator() {
    for (String operator : OPERATORS) {
      if (text.startsWith(operator, at)) {
        at += operator.length();
        operator(operator);
        return;
      }
    }
    char c = text.charAt(at);
    throw refuse(
        "the language of constraints has no '%s'.".formatted(c),
        c == '=' ? "Maybe ==." : "It has + - * / %, comparisons, and, or, not and parentheses.");
  }

  private void operator(String operator) {
    switch (operator) {
      case "&&" -> binary("&&", "&");
      case "||" -> binary("||", "|");
      case "!" -> negation();
      case "(" -> {
        endPrefixes(true);
        nest(++nested);
        append("(", "(");
      }
      case ")" -> {
        nested--;
        append(")", ")");
      }
      case "-", "+" -> {
        nest(++prefixes); // as a prefix or between two values: the latter ends them
        append(operator, operator);
      }
      default -> binary(operator, operator);
    }
  }

  private void nest(int depth) {
    if (depth > MOST_NESTED) {
      throw refuse(
          "parentheses and signs may be nested %d deep, but these are deeper."
              .formatted(MOST_NESTED),
          "Maybe split it into several constraints.");
    }
  }

  private void binary(String lazily, String eagerly) {
    endPrefixes(true);
    append(lazily, eagerly);
  }

  private void negation() {
    nest(++prefixes);
    afterNot = true;
    append("!", "!");
  }

  private void value(String source, boolean isBoolean) {
    endPrefixes(isBoolean);
    append(source, source);
  }

  /** {@code not a == b} would negate {@code a} alone: what looks so is refused. */
  private void endPrefixes(boolean mayBeNegated) {
    if (afterNot && !mayBeNegated) {
      throw refuse("not stands before a parenthesis or a truth value.", "Maybe not (…).");
    }
    afterNot = false;
    prefixes = 0;
  }

  private void append(String lazily, String eagerly) {
    // Blanks keep two signs apart: a - -b is no decrement.
    lazy.append(lazily).append(' ');
    eager.append(eagerly).append(' ');
  }

  private IllegalArgumentException refuse(String problem, String remedy) {
    return new IllegalArgumentException(
        "Constraint '%s': %s %s".formatted(text, problem, remedy).strip());
  }

  private static boolean isLetter(char c) {
    return c == '_' || Character.isLetter(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNamePart(char c) {
    return isLetter(c) || isDigit(c) || c == '-';
  }
}
