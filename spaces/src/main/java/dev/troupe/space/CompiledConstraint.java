package dev.troupe.space;

import dev.troupe.space.ConstraintText.Translation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlExpression;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.MapContext;
import org.apache.commons.jexl3.introspection.JexlPermissions;
import org.jspecify.annotations.Nullable;

/**
 * A constraint bound to the parameters of a space, ready to be asked. Its types are checked once,
 * when it is made: a text computes the same kinds whatever the values. Thread safe.
 */
final class CompiledConstraint {

  private static final Pattern STAND_IN = Pattern.compile("\\bp_(\\d+)\\b");

  private static final JexlEngine ENGINE = engine(false);
  private static final JexlEngine CHECKING_ENGINE = engine(true);

  private final Constraint constraint;
  private final List<Parameter> parameters;
  private final @Nullable JexlExpression expression;

  /** Names of the parameters that occur, and what stands for them inside the expression. */
  private final String[] names;

  private final String[] standIns;

  private CompiledConstraint(Constraint constraint, List<Parameter> parameters) {
    this.constraint = constraint;
    this.parameters = parameters;
    if (!(constraint instanceof Constraint.Text text)) {
      this.expression = null;
      this.names = new String[0];
      this.standIns = new String[0];
      return;
    }
    Translation translation = ConstraintText.translate(text.expression(), parameters);
    List<Integer> used = translation.parameters();
    this.names = used.stream().map(index -> parameters.get(index).name()).toArray(String[]::new);
    this.standIns = used.stream().map(ConstraintText::standIn).toArray(String[]::new);
    this.expression = parse(ENGINE, translation.lazy());
    requireTypes(translation);
  }

  /** Returns the constraints bound to the space's parameters. */
  static List<CompiledConstraint> compile(
      List<Constraint> constraints, List<Parameter> parameters) {
    var compiled = new ArrayList<CompiledConstraint>(constraints.size());
    for (Constraint constraint : constraints) {
      compiled.add(new CompiledConstraint(constraint, parameters));
    }
    return List.copyOf(compiled);
  }

  /** An expression sees numbers, texts and our functions: no objects, methods, loops or scripts. */
  private static JexlEngine engine(boolean kindsMustAgree) {
    return new JexlBuilder()
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
                .structuredLiteral(false)
                .localVar(false)
                .script(false))
        .permissions(JexlPermissions.parse("dev.troupe.space.*"))
        .arithmetic(new ConstraintArithmetic(kindsMustAgree))
        .namespaces(Collections.singletonMap(null, ConstraintFunctions.class))
        .strict(true)
        .silent(false)
        .safe(false)
        .create();
  }

  String label() {
    return constraint.label();
  }

  /** Returns whether the configuration, otherwise valid, obeys. */
  boolean holds(Configuration configuration) {
    if (constraint instanceof Constraint.Code code) {
      return code.predicate().test(configuration);
    }
    Map<String, Object> variables = new HashMap<>(2 * names.length);
    for (int i = 0; i < names.length; i++) {
      Object value = configuration.find(names[i]);
      if (value == null) {
        return true;
      }
      variables.put(standIns[i], value);
    }
    return evaluate(Objects.requireNonNull(expression), variables, configuration);
  }

  private boolean evaluate(
      JexlExpression source, Map<String, Object> variables, Object configuration) {
    Object result;
    try {
      result = source.evaluate(new MapContext(variables));
    } catch (JexlException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "Constraint '%s' cannot be computed for %s: %s."
                  .formatted(label(), configuration, detail(e))
              + " Maybe compare numbers with numbers and texts with choices.",
          e);
    }
    if (result instanceof Boolean verdict) {
      return verdict;
    }
    throw new IllegalArgumentException(
        "Constraint '%s' must be true or false, but for %s it is %s."
                .formatted(label(), configuration, result)
            + " Maybe add a comparison such as <= 512.");
  }

  /** Computes every part once, with a value of each parameter's own kind. */
  private void requireTypes(Translation translation) {
    Map<String, Object> variables = new HashMap<>();
    Map<String, Object> values = new LinkedHashMap<>();
    boolean mixed = false;
    for (int index : translation.parameters()) {
      Parameter parameter = parameters.get(index);
      Object value = parameter.decode(0.5);
      variables.put(ConstraintText.standIn(index), value);
      values.put(parameter.name(), value);
      mixed |= isMixed(parameter);
    }
    // Of choices such as [none, 4, 8], one value does not speak for the kind of the others.
    evaluate(parse(mixed ? ENGINE : CHECKING_ENGINE, translation.eager()), variables, values);
  }

  private static boolean isMixed(Parameter parameter) {
    return parameter instanceof CategoricalParameter categorical
        && categorical.choices().stream()
                .map(choice -> choice instanceof Number ? Number.class : choice.getClass())
                .distinct()
                .count()
            > 1;
  }

  private JexlExpression parse(JexlEngine engine, String source) {
    try {
      return engine.createExpression(source);
    } catch (JexlException e) {
      throw new IllegalArgumentException(
          "Constraint '%s' is not an expression: %s. Maybe \"units * layers <= 512\"."
              .formatted(label(), detail(e)),
          e);
    }
  }

  private String detail(RuntimeException failure) {
    Throwable cause = failure;
    if (failure.getCause() instanceof ArithmeticException arithmetic) {
      cause = arithmetic;
    }
    String message = cause instanceof JexlException e ? e.getDetail() : cause.getMessage();
    return STAND_IN
        .matcher(String.valueOf(message))
        .replaceAll(found -> Matcher.quoteReplacement(name(found.group(1))))
        .strip()
        .replaceAll("\\s+", " ");
  }

  private String name(String index) {
    return parameters.get(Integer.parseInt(index)).name();
  }
}
