package dev.troupe.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A record as a search space: its components are the parameters, a configuration is an instance.
 *
 * <p>Component {@code learningRate} is the parameter {@code learning-rate}. By type:
 *
 * <ul>
 *   <li>{@code double}, {@code float}, {@code int}, {@code long}: bounds by {@link Range} or {@link
 *       LogRange}
 *   <li>{@code boolean}: false or true
 *   <li>an enum: its constants in kebab case are the choices, {@link Ordered} if neighbours are
 *       alike
 *   <li>{@code String}: with {@link Choices}
 *   <li>a record: its components, named {@code component-inner}
 *   <li>a sealed interface of records: the records in kebab case are the choices, and their
 *       components are the parameters {@code component-choice-inner}, which exist only under that
 *       choice
 * </ul>
 *
 * <p>{@link Require} on the outermost record adds constraints. Immutable and thread safe.
 *
 * @param <T> the record
 */
public final class RecordSpace<T extends Record> implements TypedSpace<T> {

  private final RecordNode root;
  private final Class<T> type;
  private final SearchSpace space;

  private RecordSpace(Class<T> type) {
    this.type = type;
    this.root = RecordNode.of(type);
    SearchSpace.Builder builder = SearchSpace.builder();
    root.addTo(builder, List.of());
    Require constraints = type.getAnnotation(Require.class);
    if (constraints != null) {
      for (String expression : constraints.value()) {
        builder.constraint(expression);
      }
    }
    this.space = builder.build();
  }

  /**
   * Returns the space of a record.
   *
   * @throws IllegalArgumentException if a component has no bounds or a type that is none of the
   *     above, with its name and the remedy
   */
  public static <T extends Record> RecordSpace<T> of(Class<T> type) {
    return new RecordSpace<>(type);
  }

  @Override
  public SearchSpace searchSpace() {
    return space;
  }

  /**
   * Returns the record that a configuration stands for.
   *
   * @throws IllegalArgumentException if the configuration is not in the space, or the record's own
   *     constructor refuses the values
   */
  @Override
  public T instance(Configuration configuration) {
    space.validate(configuration);
    return type.cast(root.instance(configuration));
  }

  @Override
  public Configuration configuration(T instance) {
    Map<String, Object> values = new LinkedHashMap<>();
    root.read(instance, values);
    return space.configuration(values);
  }
}
