package dev.troupe.space;

import static java.util.Objects.requireNonNull;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Nearest;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen: parameters in order, the conditions under which each exists, and constraints
 * over several of them. Immutable and thread safe; equality ignores order, and asks for neither
 * {@link Decoder} nor {@link Variation}.
 *
 * <pre>{@code
 * SearchSpace space =
 *     SearchSpace.builder()
 *         .add(CategoricalParameter.of("optimizer", "adam", "sgd"))
 *         .add(FloatParameter.log("learning-rate", 1e-4, 1e-1))
 *         .add(FloatParameter.linear("momentum", 0, 0.99), Condition.oneOf("optimizer", "sgd"))
 *         .constraint("optimizer == 'adam' or learning-rate <= 0.05")
 *         .build();
 * }</pre>
 */
public final class SearchSpace implements TypedSpace<Configuration> {

  /** So many random configurations are tried before the constraints count as unsatisfiable. */
  private static final int MOST_TRIED = 10_000;

  /** So many are drawn at most once they are known to be satisfiable, if they cannot be listed. */
  private static final int MOST_REJECTED = 1_000_000;

  /** The largest space that is enumerated where drawing at random finds nothing. */
  private static final BigInteger LARGEST_ENUMERATED = BigInteger.valueOf(1_000_000);

  private static final int NEIGHBOURS_PER_NUMBER = 4;
  private static final double NEIGHBOUR_DEVIATION = 0.2;

  private final List<Parameter> parameters;
  private final List<List<Condition>> conditions;
  private final List<Constraint> constraints;
  private final List<CompiledConstraint> compiled;
  private final Map<String, Integer> indexByName;
  private final String[] names;
  private final ConditionGraph graph;
  private final Optional<BigInteger> size;
  private final boolean enumerable;
  private final Variation variation;
  private final @Nullable Decoder<?> decoder;
  private volatile @Nullable List<Configuration> allowed;

  private SearchSpace(Builder builder) {
    parameters = List.copyOf(builder.parameters);
    conditions = adapted(builder);
    constraints = List.copyOf(builder.constraints);
    names = parameters.stream().map(Parameter::name).toArray(String[]::new);
    indexByName = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      indexByName.put(names[i], i);
    }
    graph = new ConditionGraph(parameters, conditions);
    compiled = CompiledConstraint.compile(constraints, parameters);
    size = new SpaceSize(parameters, conditions, graph).compute();
    enumerable = size.isPresent() && size.get().compareTo(LARGEST_ENUMERATED) <= 0;
    variation = builder.variation;
    decoder = builder.decoder;
    requireDecodable();
    requireSatisfiable();
  }

  /** Returns the conditions, their values in the normal type of the parent. */
  private static List<List<Condition>> adapted(Builder builder) {
    Map<String, Parameter> byName = new HashMap<>();
    builder.parameters.forEach(parameter -> byName.put(parameter.name(), parameter));
    return builder.conditions.stream()
        .map(own -> own.stream().map(condition -> adapted(condition, byName)).toList())
        .toList();
  }

  private static Condition adapted(Condition condition, Map<String, Parameter> byName) {
    Parameter parent = byName.get(condition.parent());
    if (parent == null || !(condition instanceof Condition.OneOf oneOf)) {
      return condition;
    }
    return Condition.oneOf(
        oneOf.parent(),
        oneOf.values().stream().map(value -> ParameterValues.adapt(parent, value)).toArray());
  }

  /** Returns a builder of an empty space. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the parameters in order; unmodifiable. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** Returns the names of the parameters in order. */
  public List<String> names() {
    return List.of(names);
  }

  /**
   * Returns the parameter with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Parameter parameter(String name) {
    return parameters.get(indexOf(name));
  }

  /** Returns whether there is a parameter with this name. */
  public boolean has(String name) {
    return indexByName.containsKey(name);
  }

  /** Returns the conditions under which a parameter exists, empty if it always does. */
  public List<Condition> conditions(String name) {
    return conditions.get(indexOf(name));
  }

  /** Returns the constraints in order; unmodifiable. */
  public List<Constraint> constraints() {
    return constraints;
  }

  /** Returns the number of parameters, active or not: the d of {@link #encode}. */
  public int dimensions() {
    return names.length;
  }

  /**
   * Returns the exact number of configurations before constraints, or empty if they are
   * uncountable.
   */
  public Optional<BigInteger> size() {
    return size;
  }

  /** Returns how configurations are changed and mixed. */
  public Variation variation() {
    return variation;
  }

  /**
   * Returns what turns configurations into what they stand for; empty if the space has no such
   * decoder, or one of another type.
   */
  public <T> Optional<Decoder<T>> decoder(Class<T> type) {
    if (decoder == null || decoder.type() != type) {
      return Optional.empty();
    }
    @SuppressWarnings("unchecked") // its type says so
    var found = (Decoder<T>) decoder;
    return Optional.of(found);
  }

  /**
   * Returns the configuration that stands for all those that mean the same as this one: itself,
   * unless the decoder knows better.
   */
  public Configuration canonical(Configuration configuration) {
    return decoder == null ? configuration : decoder.canonical(configuration);
  }

  // Values

  /** Returns whether the configuration has exactly the active parameters, valid and allowed. */
  public boolean contains(Configuration configuration) {
    return problems(configuration).isEmpty();
  }

  /**
   * Checks a configuration.
   *
   * @throws IllegalArgumentException if it is not in the space, with every rule that it breaks
   */
  public void validate(Configuration configuration) {
    List<String> problems = problems(configuration);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /** Returns whether a configuration that is otherwise valid obeys all constraints. */
  public boolean satisfies(Configuration configuration) {
    for (CompiledConstraint constraint : compiled) {
      if (!constraint.holds(configuration)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns a configuration from values as a person writes them: whole numbers serve float
   * parameters too, 3.0 serves an int parameter, and 0.3 the step that computes as
   * 0.30000000000000004.
   *
   * @throws IllegalArgumentException if the result is not in the space
   */
  public Configuration configuration(Map<String, ?> values) {
    var adapted = new LinkedHashMap<String, Object>();
    for (String name : names) {
      if (values.containsKey(name)) {
        adapted.put(
            name, ParameterValues.adapt(parameter(name), Values.normalise(name, values.get(name))));
      }
    }
    values.forEach((name, value) -> adapted.putIfAbsent(name, Values.normalise(name, value)));
    Configuration configuration = Configuration.of(adapted);
    validate(configuration);
    return configuration;
  }

  @Override
  public SearchSpace searchSpace() {
    return this;
  }

  @Override
  public Configuration instance(Configuration configuration) {
    validate(configuration);
    return configuration;
  }

  @Override
  public Configuration configuration(Configuration instance) {
    return instance(instance);
  }

  // Sampling

  /**
   * Returns a configuration drawn uniformly on each active parameter's scale, among those that obey
   * the constraints.
   *
   * @param random decides; is advanced by as many draws as needed
   * @throws IllegalStateException if the space is too large to enumerate and none was found in
   *     1,000,000 draws, which is all but impossible in a space that was built: then one in 10,000
   *     was found
   */
  public Configuration sample(RandomGenerator random) {
    return sample(name -> random);
  }

  /**
   * Returns a configuration drawn as by {@link #sample(RandomGenerator)}, each parameter from a
   * generator of its own, so that a new parameter changes no draw of the others.
   *
   * @param generators gives the generator of a parameter by its name; called once per parameter
   */
  public Configuration sample(Function<String, RandomGenerator> generators) {
    Configuration drawn = draw(generators, enumerable ? MOST_TRIED : MOST_REJECTED);
    if (drawn != null) {
      return drawn;
    }
    List<Configuration> all = allAllowed();
    if (all.isEmpty()) {
      throw new IllegalStateException(
          "None of %d random configurations obeys the constraints %s. Maybe loosen one of them."
              .formatted(MOST_REJECTED, labels()));
    }
    return all.get(generators.apply("").nextInt(all.size()));
  }

  /** Draws until a configuration obeys the constraints; null if none of {@code attempts} does. */
  private @Nullable Configuration draw(Function<String, RandomGenerator> generators, int attempts) {
    var perParameter = new RandomGenerator[names.length];
    var values = new @Nullable Object[names.length];
    ValueSource source =
        index -> {
          RandomGenerator random = perParameter[index];
          if (random == null) {
            random = generators.apply(names[index]);
            perParameter[index] = random;
          }
          return parameters.get(index).decode(random.nextDouble());
        };
    for (int attempt = 0; attempt < attempts; attempt++) {
      Configuration drawn = assemble(values, source);
      if (satisfies(drawn)) {
        return drawn;
      }
    }
    return null;
  }

  /** Returns what obeys the constraints, where that is rare enough to be worth remembering. */
  private List<Configuration> allAllowed() {
    List<Configuration> known = allowed;
    if (known == null) {
      var found = new ArrayList<Configuration>();
      if (enumerable) {
        enumerate().forEachRemaining(found::add);
      }
      known = List.copyOf(found);
      allowed = known; // another thread would find the same
    }
    return known;
  }

  /**
   * Returns all configurations that obey the constraints, the last parameter varying fastest.
   *
   * @throws IllegalStateException if they are uncountable
   */
  public Iterator<Configuration> enumerate() {
    if (size.isEmpty()) {
      throw new IllegalStateException(
          "A space with a real parameter cannot be enumerated. Maybe give each a step.");
    }
    return grid(ParameterValues::all);
  }

  /**
   * Returns the grid over some values of each parameter: their product, where a conditional
   * parameter counts only under the values that activate it and configurations that break a
   * constraint are left out; the last parameter varies fastest.
   *
   * @param levels gives at least one value for each parameter; called once for each
   */
  public Iterator<Configuration> grid(Function<Parameter, List<Object>> levels) {
    var values = new ArrayList<List<Object>>(names.length);
    for (Parameter parameter : parameters) {
      values.add(List.copyOf(levels.apply(parameter)));
    }
    return new GridIterator(values);
  }

  /**
   * Returns how many configurations {@link #grid} would have without constraints. Its cost does not
   * grow with their number.
   *
   * @param levels as for {@link #grid}
   */
  public BigInteger gridSize(Function<Parameter, List<Object>> levels) {
    List<List<Object>> values = parameters.stream().map(levels).map(List::copyOf).toList();
    return new SpaceSize(parameters, conditions, graph).ofGrid(values);
  }

  // The unit cube

  /**
   * Maps a configuration into the unit cube; see {@link Parameter} for each coordinate.
   *
   * @throws IllegalArgumentException if the configuration is not in the space
   */
  public Encoding encode(Configuration configuration) {
    List<String> problems = structuralProblems(configuration);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    var point = new double[names.length];
    var active = new boolean[names.length];
    Arrays.fill(point, 0.5);
    for (int i = 0; i < names.length; i++) {
      Object value = configuration.find(names[i]);
      if (value != null) {
        point[i] = parameters.get(i).encode(value);
        active[i] = true;
      }
    }
    return new Encoding(point, active);
  }

  /**
   * Maps a point of the unit cube to a configuration. Which parameters are active follows from the
   * decoded values of their parents; coordinates of the others do not count. The result may break a
   * constraint: ask {@link #satisfies}.
   *
   * @param point shape [d]; values outside [0, 1] are moved to the nearer end
   * @throws IllegalArgumentException if the shape is wrong or a coordinate is NaN
   */
  public Configuration decode(double[] point) {
    if (point.length != names.length) {
      throw new IllegalArgumentException(
          "A point of this space has %d coordinates, but this one has %d."
              .formatted(names.length, point.length));
    }
    for (int i = 0; i < point.length; i++) {
      if (Double.isNaN(point[i])) {
        throw new IllegalArgumentException(
            "The coordinate of '%s' must be a number, but it was NaN.".formatted(names[i]));
      }
    }
    return assemble(
        new @Nullable Object[names.length], index -> parameters.get(index).decode(point[index]));
  }

  /**
   * Returns configurations that differ from {@code configuration} in one parameter, and in what
   * exists because of it: every other choice of an unordered parameter, the neighbours of an
   * ordered one, and for a number one step down and up and four draws from a normal distribution of
   * deviation 0.2 on the unit interval. Parameters that come into being are drawn at random. All
   * obey the constraints; none occurs twice.
   *
   * @throws IllegalArgumentException if the configuration is not in the space
   */
  public List<Configuration> neighbours(Configuration configuration, RandomGenerator random) {
    validate(configuration);
    var found = new LinkedHashSet<Configuration>();
    for (int i = 0; i < names.length; i++) {
      Object current = configuration.find(names[i]);
      if (current != null) {
        for (Object value : nearby(parameters.get(i), current, random)) {
          Configuration neighbour = replace(configuration, i, value, random);
          if (satisfies(neighbour)) {
            found.add(neighbour);
          }
        }
      }
    }
    found.remove(configuration);
    return List.copyOf(found);
  }

  /**
   * Returns a small random change of a configuration that obeys the constraints: by default another
   * value of one parameter, with what exists because of it. The change can be none at all.
   *
   * @throws IllegalArgumentException if the configuration is not in the space
   */
  public Configuration mutate(Configuration parent, RandomGenerator random) {
    validate(parent);
    for (int attempt = 0; attempt < MOST_TRIED; attempt++) {
      Configuration child = variation.mutate(this, parent, random);
      if (contains(child)) {
        return child;
      }
    }
    return parent;
  }

  /**
   * Returns a random mixture of two configurations that obeys the constraints: by default each
   * parameter has the value of the one or the other. It is {@code first} where no mixture does.
   *
   * @throws IllegalArgumentException if one of them is not in the space
   */
  public Configuration crossover(
      Configuration first, Configuration second, RandomGenerator random) {
    validate(first);
    validate(second);
    for (int attempt = 0; attempt < MOST_TRIED; attempt++) {
      Configuration child = variation.crossover(this, first, second, random);
      if (contains(child)) {
        return child;
      }
    }
    return first;
  }

  /**
   * Returns a configuration in which one parameter has another value; parameters that cease to
   * exist because of it are left out, and those that come into being are drawn at random. It may
   * break a constraint.
   *
   * @param name of an active parameter
   * @param value one that the parameter contains
   */
  public Configuration with(
      Configuration configuration, String name, Object value, RandomGenerator random) {
    return replace(configuration, indexOf(name), value, random);
  }

  /**
   * Returns a configuration whose parameters have the value of the first or the second; the other's
   * where one of them has none, and one drawn at random where neither has. It may break a
   * constraint.
   *
   * @param fromFirst asked once for each active parameter, parents before their children
   */
  public Configuration mix(
      Configuration first,
      Configuration second,
      Predicate<String> fromFirst,
      RandomGenerator random) {
    return assemble(
        new @Nullable Object[names.length],
        index -> {
          String name = names[index];
          boolean chosen = fromFirst.test(name);
          Object value = (chosen ? first : second).find(name);
          if (value == null) {
            value = (chosen ? second : first).find(name);
          }
          return value == null ? parameters.get(index).decode(random.nextDouble()) : value;
        });
  }

  private static List<Object> nearby(Parameter parameter, Object current, RandomGenerator random) {
    if (parameter instanceof BooleanParameter) {
      return List.of(!(Boolean) current);
    }
    if (parameter instanceof CategoricalParameter categorical) {
      return ParameterValues.otherChoices(categorical, current);
    }
    List<Object> values = ParameterValues.adjacent(parameter, current);
    double unit = parameter.encode(current);
    for (int i = 0; i < NEIGHBOURS_PER_NUMBER; i++) {
      double draw;
      do {
        draw = unit + NEIGHBOUR_DEVIATION * random.nextGaussian();
      } while (draw < 0 || draw > 1);
      values.add(parameter.decode(draw));
    }
    return values;
  }

  private Configuration replace(
      Configuration configuration, int changed, Object value, RandomGenerator random) {
    return assemble(
        new @Nullable Object[names.length],
        index -> {
          if (index == changed) {
            return value;
          }
          Object kept = configuration.find(names[index]);
          return kept != null ? kept : parameters.get(index).decode(random.nextDouble());
        });
  }

  /** Gives each parameter that is active a value, parents first; {@code values} is scratch. */
  private Configuration assemble(@Nullable Object[] values, ValueSource source) {
    int active = 0;
    for (int index : graph.order()) {
      boolean exists = graph.isActive(index, values);
      values[index] = exists ? source.value(index) : null;
      active += exists ? 1 : 0;
    }
    return pack(values, active);
  }

  private Configuration pack(@Nullable Object[] values, int active) {
    var packed = new Object[active];
    String[] packedNames = active == names.length ? names : new String[active];
    int next = 0;
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value != null) {
        packed[next] = value;
        packedNames[next] = names[i];
        next++;
      }
    }
    return Configuration.adopt(packedNames, packed);
  }

  // Checks

  private List<String> problems(Configuration configuration) {
    List<String> problems = structuralProblems(configuration);
    if (problems.isEmpty()) {
      for (CompiledConstraint constraint : compiled) {
        if (!constraint.holds(configuration)) {
          problems.add(
              "Configuration %s breaks the constraint '%s'. Maybe change one of its parameters."
                  .formatted(configuration, constraint.label()));
        }
      }
    }
    return problems;
  }

  private List<String> structuralProblems(Configuration configuration) {
    var problems = new ArrayList<String>();
    var values = new @Nullable Object[names.length];
    for (int index : graph.order()) {
      Object value = configuration.find(names[index]);
      boolean exists = graph.isActive(index, values);
      values[index] = exists ? value : null;
      Parameter parameter = parameters.get(index);
      if (!exists && value != null) {
        problems.add(
            "Parameter '%s': exists only when %s, but it was %s. Maybe leave it out."
                .formatted(names[index], graph.describe(index), value));
      } else if (exists && value == null) {
        problems.add(
            "Parameter '%s': %s, but it was missing. Maybe add it."
                .formatted(names[index], parameter.rule()));
      } else if (value != null && !parameter.contains(value)) {
        problems.add(
            "Parameter '%s': %s, but was %s.%s"
                .formatted(names[index], parameter.rule(), show(value), hint(parameter, value)));
        values[index] = null;
      }
    }
    for (String name : configuration.names()) {
      if (!indexByName.containsKey(name)) {
        problems.add("There is no parameter '%s'. %s".formatted(name, Nearest.hint(name, names())));
      }
    }
    return problems;
  }

  private static String show(Object value) {
    return value instanceof String ? "'" + value + "'" : value.toString();
  }

  private static String hint(Parameter parameter, Object value) {
    if (parameter instanceof CategoricalParameter categorical) {
      String nearest =
          Nearest.find(
              value.toString(), categorical.choices().stream().map(Object::toString).toList());
      return nearest == null ? "" : " Maybe '%s'.".formatted(nearest);
    }
    if (value instanceof Number number && !(parameter instanceof BooleanParameter)) {
      double unit = ParameterValues.clampToUnit(parameter, number.doubleValue());
      return " Maybe %s.".formatted(parameter.decode(unit));
    }
    return "";
  }

  private void requireDecodable() {
    if (decoder != null) {
      decoder.names().forEach(this::indexOf);
    }
  }

  private void requireSatisfiable() {
    if (constraints.isEmpty()) {
      return;
    }
    RandomGenerator random =
        RandomStreams.of(0).stream(RandomStreams.Kind.STRATEGY, 0, "satisfiable");
    if (draw(name -> random, MOST_TRIED) == null && allAllowed().isEmpty()) {
      String extent = enumerable ? "all " + size.orElseThrow() : MOST_TRIED + " random ones";
      throw new IllegalArgumentException(
          "No configuration obeys the constraints %s: %s were tried. Maybe loosen one of them."
              .formatted(labels(), extent));
    }
  }

  private List<String> labels() {
    return constraints.stream().map(Constraint::label).toList();
  }

  private int indexOf(String name) {
    Integer index = indexByName.get(name);
    if (index == null) {
      throw new IllegalArgumentException(
          "There is no parameter '%s'. %s".formatted(name, Nearest.hint(name, names())));
    }
    return index;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SearchSpace that
        && definitions().equals(that.definitions())
        && new HashSet<>(constraints).equals(new HashSet<>(that.constraints));
  }

  @Override
  public int hashCode() {
    return 31 * definitions().hashCode() + new HashSet<>(constraints).hashCode();
  }

  private Map<Parameter, Set<Condition>> definitions() {
    var definitions = new HashMap<Parameter, Set<Condition>>();
    for (int i = 0; i < names.length; i++) {
      definitions.put(parameters.get(i), Set.copyOf(conditions.get(i)));
    }
    return definitions;
  }

  /** Returns one line per parameter and constraint. */
  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    for (int i = 0; i < names.length; i++) {
      String when = conditions.get(i).isEmpty() ? "" : " when " + graph.describe(i);
      lines.add(names[i] + ": " + parameters.get(i).rule().replaceFirst("^must be ", "") + when);
    }
    constraints.forEach(constraint -> lines.add("constraint: " + constraint.label()));
    return String.join("\n", lines);
  }

  private interface ValueSource {
    Object value(int index);
  }

  /** Counts through the levels of the active parameters like an odometer. */
  private final class GridIterator implements Iterator<Configuration> {

    private final List<List<Object>> levels;
    private final int[] level = new int[names.length];
    private final @Nullable Object[] values = new @Nullable Object[names.length];
    private @Nullable Configuration next;

    GridIterator(List<List<Object>> levels) {
      this.levels = levels;
      reset(0);
      next = current();
      skipForbidden();
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Configuration next() {
      Configuration result = next;
      if (result == null) {
        throw new NoSuchElementException();
      }
      advance();
      skipForbidden();
      return result;
    }

    private void skipForbidden() {
      while (next != null && !satisfies(next)) {
        advance();
      }
    }

    private void advance() {
      int[] order = graph.order();
      for (int place = order.length - 1; place >= 0; place--) {
        int index = order[place];
        if (values[index] != null && level[index] + 1 < levels.get(index).size()) {
          level[index]++;
          values[index] = levels.get(index).get(level[index]);
          reset(place + 1);
          next = current();
          return;
        }
      }
      next = null;
    }

    private void reset(int from) {
      int[] order = graph.order();
      for (int place = from; place < order.length; place++) {
        int index = order[place];
        level[index] = 0;
        values[index] = graph.isActive(index, values) ? levels.get(index).get(0) : null;
      }
    }

    private Configuration current() {
      int active = 0;
      for (Object value : values) {
        active += value == null ? 0 : 1;
      }
      return pack(values, active);
    }
  }

  /** Collects a space. Not thread safe. */
  public static final class Builder {

    private final List<Parameter> parameters = new ArrayList<>();
    private final List<List<Condition>> conditions = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private Variation variation = Variation.standard();
    private @Nullable Decoder<?> decoder;

    private Builder() {}

    /**
     * Adds a parameter that exists when all conditions hold; without any, always.
     *
     * @throws IllegalArgumentException if there already is one of this name
     */
    public Builder add(Parameter parameter, Condition... when) {
      return add(parameter, List.of(when));
    }

    /** Adds a parameter that exists when all conditions hold. */
    public Builder add(Parameter parameter, List<Condition> when) {
      requireNonNull(parameter, "parameter");
      for (Parameter known : parameters) {
        if (known.name().equals(parameter.name())) {
          throw new IllegalArgumentException(
              "Parameter '%s': a name must occur once in a space, but it occurs again."
                      .formatted(parameter.name())
                  + " Maybe rename one.");
        }
      }
      parameters.add(parameter);
      conditions.add(List.copyOf(when));
      return this;
    }

    /**
     * Adds all parameters and constraints of another space, but neither its decoder nor its
     * variation.
     *
     * @throws IllegalArgumentException if there already is a parameter of one of their names
     */
    public Builder addAll(SearchSpace other) {
      for (Parameter parameter : other.parameters()) {
        add(parameter, other.conditions(parameter.name()));
      }
      constraints.addAll(other.constraints());
      return this;
    }

    /** Adds a rule written as text; see {@link Constraint.Text}. */
    public Builder constraint(String expression) {
      return constraint(Constraint.text(expression));
    }

    /** Adds a rule written in Java, known and compared by its id. */
    public Builder constraint(String id, Predicate<Configuration> predicate) {
      return constraint(Constraint.of(id, predicate));
    }

    /** Adds a rule. */
    public Builder constraint(Constraint constraint) {
      constraints.add(requireNonNull(constraint, "constraint"));
      return this;
    }

    /** Sets how configurations are changed and mixed; by default parameter by parameter. */
    public Builder variation(Variation chosen) {
      variation = requireNonNull(chosen, "chosen");
      return this;
    }

    /** Sets what configurations stand for; by default nothing but their values. */
    public Builder decoder(Decoder<?> chosen) {
      decoder = requireNonNull(chosen, "chosen");
      return this;
    }

    /**
     * Returns the space.
     *
     * @throws IllegalArgumentException if it has no parameter; if a condition names a parameter or
     *     value that does not exist, or conditions form a cycle or can never hold; if a constraint
     *     cannot be read or none of the configurations obeys them all
     */
    public SearchSpace build() {
      if (parameters.isEmpty()) {
        throw new IllegalArgumentException(
            "A space needs a parameter, but it had none."
                + " Maybe add x { type = float, low = 0, high = 1 }.");
      }
      return new SearchSpace(this);
    }
  }
}
