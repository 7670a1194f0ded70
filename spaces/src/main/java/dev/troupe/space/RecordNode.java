package dev.troupe.space;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record within a {@link RecordSpace}: how its components become parameters and back. */
final class RecordNode {

  private final Class<?> type;
  private final Constructor<?> constructor;
  private final List<Component> components;

  private RecordNode(Class<?> type, Constructor<?> constructor, List<Component> components) {
    this.type = type;
    this.constructor = constructor;
    this.components = components;
  }

  /** One component: a plain value, a nested record, or a choice among records. */
  private sealed interface Component {
    Method accessor();

    void addTo(SearchSpace.Builder builder, List<Condition> when);

    Object instance(Configuration configuration);

    void read(Object value, Map<String, Object> values);
  }

  /** Returns the node of the outermost record. */
  static RecordNode of(Class<?> type) {
    return of(type, "", List.of());
  }

  private static RecordNode of(Class<?> type, String prefix, List<Class<?>> around) {
    requireFinite(type, around);
    requireOutermost(type, around);
    var inside = new ArrayList<Class<?>>(around);
    inside.add(type);
    RecordComponent[] declared = type.getRecordComponents();
    var components = new ArrayList<Component>(declared.length);
    var types = new Class<?>[declared.length];
    for (int i = 0; i < declared.length; i++) {
      types[i] = declared[i].getType();
      components.add(component(inside, declared[i], prefix));
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new RecordNode(type, constructor, List.copyOf(components));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("A record always has its canonical constructor", e);
    }
  }

  private static void requireFinite(Class<?> type, List<Class<?>> around) {
    if (around.contains(type)) {
      throw new IllegalArgumentException(
          "Record %s: a record must not contain itself, but it does by way of %s."
                  .formatted(type.getSimpleName(), around.get(around.size() - 1).getSimpleName())
              + " Maybe write out as many levels as are needed.");
    }
  }

  private static void requireOutermost(Class<?> type, List<Class<?>> around) {
    if (!around.isEmpty() && type.isAnnotationPresent(Require.class)) {
      throw new IllegalArgumentException(
          "Record %s: @Require belongs on the outermost record, but this one is part of %s."
                  .formatted(type.getSimpleName(), around.get(0).getSimpleName())
              + " Maybe move it there and write the names in full.");
    }
  }

  void addTo(SearchSpace.Builder builder, List<Condition> when) {
    components.forEach(component -> component.addTo(builder, when));
  }

  Object instance(Configuration configuration) {
    Object[] arguments =
        components.stream().map(component -> component.instance(configuration)).toArray();
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "Record %s refuses the configuration %s: %s. Maybe state its rule with @Require."
              .formatted(type.getSimpleName(), configuration, e.getCause()),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "Record %s cannot be made: %s. Maybe make it a static, non-abstract record."
              .formatted(type.getSimpleName(), e),
          e);
    }
  }

  void read(Object instance, Map<String, Object> values) {
    for (Component component : components) {
      try {
        component.read(component.accessor().invoke(instance), values);
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException(
            "Record %s cannot be read: %s.".formatted(type.getSimpleName(), e), e);
      }
    }
  }

  private static Component component(
      List<Class<?>> inside, RecordComponent declared, String prefix) {
    Class<?> owner = inside.get(inside.size() - 1);
    Class<?> type = declared.getType();
    String name = prefix + Kebab.fromJava(declared.getName());
    Method accessor = declared.getAccessor();
    accessor.setAccessible(true);
    if (type.isRecord()) {
      return new Nested(accessor, of(type, name + "-", inside));
    }
    if (type.isInterface() && type.isSealed()) {
      return alternatives(inside, accessor, name, type);
    }
    return new Plain(accessor, type, parameter(owner, declared, name));
  }

  private static Component alternatives(
      List<Class<?>> inside, Method accessor, String name, Class<?> type) {
    var choices = new ArrayList<Object>();
    var nodes = new ArrayList<RecordNode>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (!permitted.isRecord()) {
        throw new IllegalArgumentException(
            "Component '%s' of %s: a sealed type must permit records only, but %s is none."
                    .formatted(
                        name,
                        inside.get(inside.size() - 1).getSimpleName(),
                        permitted.getSimpleName())
                + " Maybe make it a record.");
      }
      String choice = Kebab.fromJava(permitted.getSimpleName());
      choices.add(choice);
      nodes.add(of(permitted, name + "-" + choice + "-", inside));
    }
    return new Alternatives(accessor, new CategoricalParameter(name, choices, false), nodes);
  }

  private static Parameter parameter(Class<?> owner, RecordComponent declared, String name) {
    Class<?> type = declared.getType();
    if (type == boolean.class || type == Boolean.class) {
      return new BooleanParameter(name);
    }
    boolean ordered = declared.isAnnotationPresent(Ordered.class);
    if (type.isEnum()) {
      var choices = new ArrayList<Object>();
      for (Object constant : type.getEnumConstants()) {
        choices.add(Kebab.fromEnum((Enum<?>) constant));
      }
      return new CategoricalParameter(name, choices, ordered);
    }
    Choices choices = declared.getAnnotation(Choices.class);
    if (type == String.class && choices != null) {
      return new CategoricalParameter(name, List.of((Object[]) choices.value()), ordered);
    }
    if (isReal(type) || isWhole(type)) {
      return number(owner, declared, name, isWhole(type));
    }
    throw new IllegalArgumentException(
        "Component '%s' of %s: a parameter is a number, a boolean, an enum, a text with @Choices,"
                .formatted(declared.getName(), owner.getSimpleName())
            + " a record or a sealed interface of records, but this is a %s. Maybe use an enum."
                .formatted(type.getSimpleName()));
  }

  private static Parameter number(
      Class<?> owner, AnnotatedElement declared, String name, boolean whole) {
    Range range = declared.getAnnotation(Range.class);
    LogRange logRange = declared.getAnnotation(LogRange.class);
    if ((range == null) == (logRange == null)) {
      throw new IllegalArgumentException(
          "Component '%s' of %s: a number needs either @Range or @LogRange, but has %s."
                  .formatted(name, owner.getSimpleName(), range == null ? "neither" : "both")
              + (range == null
                  ? " Maybe add @Range(low = 0, high = 1)."
                  : " Maybe remove @Range."));
    }
    if (range != null) {
      return number(name, range.low(), range.high(), range.step(), Scale.LINEAR, whole);
    }
    return number(name, logRange.low(), logRange.high(), logRange.step(), Scale.LOG, whole);
  }

  private static Parameter number(
      String name, double low, double high, double step, Scale scale, boolean whole) {
    if (!whole) {
      return new FloatParameter(name, low, high, scale, step == 0 ? null : (Double) step);
    }
    return new IntParameter(
        name,
        exact(name, "low", low),
        exact(name, "high", high),
        scale,
        step == 0 ? 1 : exact(name, "step", step));
  }

  private static long exact(String name, String what, double value) {
    if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
      throw new IllegalArgumentException(
          "Parameter '%s': %s of a whole number must be whole, but was %s. Maybe %d."
              .formatted(name, what, value, Math.round(value)));
    }
    return (long) value;
  }

  private static boolean isReal(Class<?> type) {
    return type == double.class
        || type == Double.class
        || type == float.class
        || type == Float.class;
  }

  private static boolean isWhole(Class<?> type) {
    return type == int.class || type == Integer.class || type == long.class || type == Long.class;
  }

  private record Plain(Method accessor, Class<?> type, Parameter parameter) implements Component {

    @Override
    public void addTo(SearchSpace.Builder builder, List<Condition> when) {
      builder.add(parameter, when);
    }

    @Override
    public Object instance(Configuration configuration) {
      String name = parameter.name();
      if (type == int.class || type == Integer.class) {
        return configuration.getInt(name);
      }
      if (type == float.class || type == Float.class) {
        return (float) configuration.getDouble(name);
      }
      return type.isEnum() ? constant(configuration.getString(name)) : configuration.get(name);
    }

    private Object constant(String choice) {
      for (Object constant : type.getEnumConstants()) {
        if (Kebab.fromEnum((Enum<?>) constant).equals(choice)) {
          return constant;
        }
      }
      throw new IllegalArgumentException(
          "Parameter '%s': %s, but was '%s'."
              .formatted(parameter.name(), parameter.rule(), choice));
    }

    @Override
    public void read(@Nullable Object value, Map<String, Object> values) {
      Object normal = Values.normalise(parameter.name(), value);
      boolean isFloat = type == float.class || type == Float.class;
      values.put(parameter.name(), isFloat ? widened((Double) normal) : normal);
    }

    /** Undoes what rounding to a float has done to a bound or a step. */
    private Object widened(double single) {
      var real = (FloatParameter) parameter;
      Double step = real.step();
      float rounded = (float) single;
      boolean isRounded = (float) real.low() == rounded || (float) real.high() == rounded;
      if (isRounded || step != null) {
        Object nearest = parameter.decode(ParameterValues.clampToUnit(parameter, single));
        return ((Double) nearest).floatValue() == rounded ? nearest : (Object) single;
      }
      return single;
    }
  }

  private record Nested(Method accessor, RecordNode node) implements Component {

    @Override
    public void addTo(SearchSpace.Builder builder, List<Condition> when) {
      node.addTo(builder, when);
    }

    @Override
    public Object instance(Configuration configuration) {
      return node.instance(configuration);
    }

    @Override
    public void read(Object value, Map<String, Object> values) {
      node.read(value, values);
    }
  }

  private record Alternatives(Method accessor, CategoricalParameter choice, List<RecordNode> nodes)
      implements Component {

    @Override
    public void addTo(SearchSpace.Builder builder, List<Condition> when) {
      builder.add(choice, when);
      for (int i = 0; i < nodes.size(); i++) {
        // The choice itself exists only under its own conditions: those are implied.
        nodes
            .get(i)
            .addTo(builder, List.of(Condition.oneOf(choice.name(), choice.choices().get(i))));
      }
    }

    @Override
    public Object instance(Configuration configuration) {
      int index = choice.choices().indexOf(configuration.get(choice.name()));
      return nodes.get(index).instance(configuration);
    }

    @Override
    public void read(Object value, Map<String, Object> values) {
      for (int i = 0; i < nodes.size(); i++) {
        if (nodes.get(i).type == value.getClass()) {
          values.put(choice.name(), choice.choices().get(i));
          nodes.get(i).read(value, values);
        }
      }
    }
  }
}
