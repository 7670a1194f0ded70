package dev.troupe.space;

import dev.troupe.settings.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.jexl3.JexlArithmetic;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlExpression;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.MapContext;
import org.apache.commons.jexl3.introspection.JexlPermissions;
import org.jspecify.annotations.Nullable;

/** A constraint bound to the parameters of a space, ready to be asked. Thread safe. */
final class CompiledConstraint {

  private static final Set<String> FUNCTIONS =
      Set.of("abs", "min", "max", "floor", "ceil", "sqrt", "pow", "exp", "log", "log2", "log10");
  private static final Set<String> WORDS = Set.of("and", "or", "not", "true", "false");

  /** An expression sees numbers, texts and our functions: no objects, methods, loops or scripts. */
  private static final JexlEngine ENGINE =
      new JexlBuilder()
          .features(
              new JexlFeatures()
                  .loops(false)
                  .sideEffect(false)
                  .sideEffectGlobal(false)
                  .newInstance(false)
                  .methodCall(false)
                  .lambda(false)
                  .pragma(false)
                  .annotation(false)
                  .script(false))
          .permissions(JexlPermissions.parse("dev.troupe.space.*"))
          .arithmetic(new RealArithmetic())
          .namespaces(namespace())
          .strict(true)
          .silent(false)
          .safe(false)
          .cache(256)
          .create();

  private final Constraint constraint;
  private final @Nullable JexlExpression expression;

  /** Parameter name by its stand-in inside the expression. */
  private final Map<String, String> standIns = new LinkedHashMap<>();

  CompiledConstraint(Constraint constraint, List<String> parameters, Set<Object> choices) {
    this.constraint = constraint;
    this.expression =
        constraint instanceof Constraint.Text text ? parse(text, parameters, choices) : null;
  }

  String label() {
    return constraint.label();
  }

  /** Returns whether the configuration, otherwise valid, obeys. */
  boolean holds(Configuration configuration) {
    if (constraint instanceof Constraint.Code code) {
      return code.predicate().test(configuration);
    }
    var variables = new HashMap<String, Object>();
    for (Map.Entry<String, String> standIn : standIns.entrySet()) {
      Object value = configuration.find(standIn.getValue());
      if (value == null) {
        return true;
      }
      variables.put(standIn.getKey(), value);
    }
    return evaluate(configuration, new MapContext(variables));
  }

  private boolean evaluate(Configuration configuration, MapContext variables) {
    Object result;
    try {
      result = java.util.Objects.requireNonNull(expression).evaluate(variables);
    } catch (JexlException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "Constraint '%s' cannot be computed for %s: %s. Maybe compare numbers with numbers and put texts in quotes."
              .formatted(label(), configuration, detail(e)),
          e);
    }
    if (result instanceof Boolean verdict) {
      return verdict;
    }
    throw new IllegalArgumentException(
        "Constraint '%s' must be true or false, but for %s it is %s. Maybe add a comparison such as <= 512."
            .formatted(label(), configuration, result));
  }

  private JexlExpression parse(Constraint.Text text, List<String> parameters, Set<Object> choices) {
    String source = substitute(text.expression(), parameters, choices);
    try {
      return ENGINE.createExpression(source);
    } catch (JexlException e) {
      throw new IllegalArgumentException(
          "Constraint '%s' is not an expression: %s. Maybe \"units * layers <= 512\"."
              .formatted(text.expression(), detail(e)),
          e);
    }
  }

  /** Replaces names, which may hold hyphens, by stand-ins that the parser takes as one word. */
  private String substitute(String text, List<String> parameters, Set<Object> choices) {
    var byName = new HashMap<String, String>();
    for (int i = 0; i < parameters.size(); i++) {
      byName.put(parameters.get(i), "p_" + i);
    }
    var source = new StringBuilder(text.length() + 16);
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        int end = text.indexOf(c, i + 1);
        int next = end < 0 ? text.length() : end + 1;
        source.append(text, i, next);
        i = next;
      } else if (Character.isLetter(c) || c == '_') {
        String word = word(text, i, byName.keySet());
        source.append(translate(text, word, byName, choices));
        i += word.length();
      } else if (Character.isDigit(c)) {
        int end = numberEnd(text, i);
        source.append(text, i, end);
        i = end;
      } else {
        source.append(c);
        i++;
      }
    }
    return source.toString();
  }

  private String translate(
      String text, String word, Map<String, String> byName, Set<Object> choices) {
    String standIn = byName.get(word);
    if (standIn != null) {
      standIns.put(standIn, word);
      return standIn;
    }
    if (WORDS.contains(word) || FUNCTIONS.contains(word)) {
      return word;
    }
    if (choices.contains(word)) {
      throw new IllegalArgumentException(
          "Constraint '%s': a text stands in quotes, but %s does not. Maybe \"%s\" in single quotes."
              .formatted(text, word, word));
    }
    throw new IllegalArgumentException(
        "Constraint '%s': there is no parameter '%s'. %s"
            .formatted(text, word, Nearest.hint(word, new TreeSet<>(byName.keySet()))));
  }

  /** Returns the longest parameter name at {@code start}, else the bare word up to a hyphen. */
  private static String word(String text, int start, Set<String> names) {
    int end = start;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    String longest = text.substring(start, end);
    String word = longest;
    while (!names.contains(word)) {
      int hyphen = word.lastIndexOf('-');
      if (hyphen < 0) {
        // Not a parameter at any length. Show the whole word, unless its head is one of ours.
        return WORDS.contains(word) || FUNCTIONS.contains(word) ? word : longest;
      }
      word = word.substring(0, hyphen);
    }
    return word;
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_';
  }

  /** Returns the end of a number such as {@code 1e-3}, whose letter is not a name. */
  private static int numberEnd(String text, int start) {
    int end = start;
    while (end < text.length()) {
      char c = text.charAt(end);
      boolean exponentSign =
          (c == '-' || c == '+') && Character.toLowerCase(text.charAt(end - 1)) == 'e';
      if (!Character.isDigit(c) && c != '.' && c != 'e' && c != 'E' && !exponentSign) {
        break;
      }
      end++;
    }
    return end;
  }

  private String detail(RuntimeException failure) {
    String message = failure instanceof JexlException e ? e.getDetail() : failure.getMessage();
    if (message == null) {
      message = String.valueOf(failure.getMessage());
    }
    for (Map.Entry<String, String> standIn : standIns.entrySet()) {
      message = message.replace(standIn.getKey(), standIn.getValue());
    }
    return message.strip().replaceAll("\\s+", " ");
  }

  private static Map<String, Object> namespace() {
    var functions = new HashMap<String, Object>();
    functions.put(null, ConstraintFunctions.class);
    return functions;
  }

  /** Divides whole numbers as real ones: half of 3 is 1.5. */
  private static final class RealArithmetic extends JexlArithmetic {

    RealArithmetic() {
      super(true);
    }

    @Override
    public Object divide(Object left, Object right) {
      return toDouble(left) / toDouble(right);
    }
  }

  /** Returns the constraints bound to the space's parameters. */
  static List<CompiledConstraint> compile(
      List<Constraint> constraints, List<Parameter> parameters) {
    List<String> names = parameters.stream().map(Parameter::name).toList();
    var choices = new java.util.HashSet<Object>();
    for (Parameter parameter : parameters) {
      if (parameter instanceof CategoricalParameter categorical) {
        choices.addAll(categorical.choices());
      }
    }
    var compiled = new ArrayList<CompiledConstraint>(constraints.size());
    for (Constraint constraint : constraints) {
      compiled.add(new CompiledConstraint(constraint, names, choices));
    }
    return List.copyOf(compiled);
  }
}
