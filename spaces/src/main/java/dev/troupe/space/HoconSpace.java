package dev.troupe.space;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.troupe.settings.Nearest;
import dev.troupe.settings.Rendering;
import dev.troupe.settings.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a space from the {@code space} block of a study file:
 *
 * <pre>{@code
 * optimizer     { type = categorical, choices = [adam, sgd] }
 * learning-rate { type = float, low = 1e-4, high = 1e-1, scale = log }
 * momentum      { type = float, low = 0.0, high = 0.99, when { optimizer = [sgd] } }
 * layers        { type = int, low = 1, high = 3 }
 * width         { type = int, low = 8, high = 64, step = 8, when { layers { from = 2 } } }
 * batch-norm    { type = boolean }
 * size          { type = categorical, choices = [small, medium, large], ordered = true }
 * }</pre>
 *
 * Parameters keep the order of their lines, more exactly of the lines of their types; several in
 * one line are taken by name.
 */
public final class HoconSpace {

  private static final List<String> TYPES = List.of("float", "int", "categorical", "boolean");
  private static final Set<String> NUMBER_KEYS =
      Set.of("type", "low", "high", "scale", "step", "when");

  private HoconSpace() {}

  /**
   * Returns the space.
   *
   * @param space the block of parameters
   * @param constraints texts of constraints, which may be none
   * @throws IllegalArgumentException if anything is wrong, with the parameter, the rule, the value,
   *     the line and the remedy
   */
  public static SearchSpace parse(Config space, List<String> constraints) {
    SearchSpace.Builder builder = SearchSpace.builder();
    var entries = new ArrayList<>(space.root().entrySet());
    entries.sort(
        Comparator.<Map.Entry<String, ConfigValue>>comparingInt(e -> line(e.getValue()))
            .thenComparing(Map.Entry::getKey));
    for (Map.Entry<String, ConfigValue> entry : entries) {
      addParameter(builder, entry.getKey(), entry.getValue());
    }
    constraints.forEach(builder::constraint);
    return builder.build();
  }

  private static void addParameter(SearchSpace.Builder builder, String name, ConfigValue value) {
    if (!(value instanceof ConfigObject object)) {
      throw new IllegalArgumentException(
          "Parameter '%s'%s: must be a block, but was %s."
                  .formatted(name, place(value), value.render(ConfigRenderOptions.concise()))
              + " Maybe %s { type = float, low = 0, high = 1 }.".formatted(name));
    }
    try {
      Settings settings = Settings.of(name, object.toConfig());
      builder.add(parameter(name, settings, object), conditions(object));
    } catch (IllegalArgumentException | ConfigException e) {
      throw new IllegalArgumentException("space%s: %s".formatted(place(value), e.getMessage()), e);
    }
  }

  private static Parameter parameter(String name, Settings settings, ConfigObject block) {
    String type = settings.requireString("type", "float");
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException(
          "Parameter '%s': its type must be one of %s, but was '%s'. %s"
              .formatted(name, String.join(", ", TYPES), type, Nearest.hint(type, TYPES)));
    }
    return switch (type) {
      case "float" -> real(name, settings);
      case "int" -> whole(name, settings);
      case "boolean" -> {
        settings.requireKnown(Set.of("type", "when"));
        yield new BooleanParameter(name);
      }
      default -> categorical(name, settings, block);
    };
  }

  private static Parameter real(String name, Settings settings) {
    settings.requireKnown(NUMBER_KEYS);
    Double step = settings.has("step") ? (Double) number(settings, "step") : null;
    return new FloatParameter(
        name, number(settings, "low"), number(settings, "high"), scale(settings), step);
  }

  private static Parameter whole(String name, Settings settings) {
    settings.requireKnown(NUMBER_KEYS);
    long step = settings.has("step") ? wholeNumber(settings, "step") : 1;
    return new IntParameter(
        name, wholeNumber(settings, "low"), wholeNumber(settings, "high"), scale(settings), step);
  }

  private static Parameter categorical(String name, Settings settings, ConfigObject block) {
    settings.requireKnown(Set.of("type", "choices", "ordered", "when"));
    ConfigValue choices = block.get("choices");
    if (choices == null || choices.valueType() != ConfigValueType.LIST) {
      throw new IllegalArgumentException(
          "Parameter '%s': choices must be a list, but %s. Maybe choices = [a, b]."
              .formatted(name, choices == null ? "are missing" : "were " + choices.unwrapped()));
    }
    return new CategoricalParameter(
        name, values(name, (List<?>) choices.unwrapped()), settings.getBoolean("ordered", false));
  }

  private static List<Object> values(String name, List<?> raw) {
    var values = new ArrayList<Object>(raw.size());
    for (Object value : raw) {
      values.add(Values.normalise(name, value));
    }
    return values;
  }

  private static List<Condition> conditions(ConfigObject block) {
    ConfigValue when = block.get("when");
    if (when == null) {
      return List.of();
    }
    if (!(when instanceof ConfigObject parents)) {
      throw new IllegalArgumentException(
          "when must be a block, but was %s. Maybe when { optimizer = [sgd] }."
              .formatted(when.unwrapped()));
    }
    var conditions = new ArrayList<Condition>();
    for (String parent : parents.keySet().stream().sorted().toList()) {
      conditions.add(condition(parent, parents.toConfig()));
    }
    return conditions;
  }

  private static Condition condition(String parent, Config parents) {
    ConfigValue wanted = parents.getValue(ConfigUtil.quoteString(parent));
    if (wanted.valueType() == ConfigValueType.OBJECT) {
      Settings range = Settings.of("when." + parent, ((ConfigObject) wanted).toConfig());
      range.requireKnown(Set.of("from", "to"));
      return Condition.between(
          parent,
          range.getDouble("from", Double.NEGATIVE_INFINITY, -Double.MAX_VALUE, Double.MAX_VALUE),
          range.getDouble("to", Double.POSITIVE_INFINITY, -Double.MAX_VALUE, Double.MAX_VALUE));
    }
    List<?> raw =
        wanted.valueType() == ConfigValueType.LIST
            ? (List<?>) wanted.unwrapped()
            : List.of(wanted.unwrapped());
    return new Condition.OneOf(parent, new HashSet<>(values(parent, raw)));
  }

  private static double number(Settings settings, String key) {
    requirePresent(settings, key);
    return settings.getDouble(key, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  private static long wholeNumber(Settings settings, String key) {
    requirePresent(settings, key);
    return settings.getLong(key, 0, -(1L << 53), 1L << 53);
  }

  private static void requirePresent(Settings settings, String key) {
    if (!settings.has(key)) {
      throw new IllegalArgumentException(
          "Parameter '%s': %s must be set. Maybe add %s = 1.".formatted(settings.part(), key, key));
    }
  }

  private static Scale scale(Settings settings) {
    return settings.getOneOf("scale", "linear", List.of("linear", "log")).equals("log")
        ? Scale.LOG
        : Scale.LINEAR;
  }

  /**
   * The line of a parameter's type, which every parameter has and hardly anybody overrides: a block
   * that was merged with another file or with the command line has no line of its own.
   */
  private static int line(ConfigValue value) {
    if (value instanceof ConfigObject block) {
      ConfigValue type = block.get("type");
      if (type != null && type.origin().lineNumber() >= 0) {
        return type.origin().lineNumber();
      }
    }
    int line = value.origin().lineNumber();
    return line >= 0 ? line : Integer.MAX_VALUE;
  }

  private static String place(ConfigValue value) {
    if (value.origin().lineNumber() < 0 && value instanceof ConfigObject block) {
      ConfigValue type = block.get("type");
      return type == null ? "" : Rendering.place(type.origin());
    }
    return Rendering.place(value.origin());
  }
}
