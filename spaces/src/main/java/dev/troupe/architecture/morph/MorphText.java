package dev.troupe.architecture.morph;

import dev.troupe.architecture.Layer;
import dev.troupe.settings.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Morphisms as lines: {@code kind key=value key=value …}. Names of layers hold no blanks. */
final class MorphText {

  private final String text;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Set<String> read = new HashSet<>();

  private MorphText(String text) {
    this.text = text;
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String write(Morphism.Kind kind, Map<String, ?> fields) {
    var words = new ArrayList<String>();
    words.add(kind.text());
    fields.forEach(
        (key, value) ->
            words.add(key + "=" + (value instanceof Enum<?> constant ? lower(constant) : value)));
    return String.join(" ", words);
  }

  static Morphism parse(String text) {
    List<String> words = List.of(text.split(" ", -1));
    var line = new MorphText(text);
    Morphism.Kind kind = line.constant("kind", words.get(0), Morphism.Kind.values());
    line.split(words.subList(1, words.size()));
    Morphism morphism = line.read(kind);
    for (String key : line.fields.keySet()) {
      if (!line.read.contains(key)) {
        throw line.refuse("'%s' has no meaning. %s".formatted(key, Nearest.hint(key, line.read)));
      }
    }
    return morphism;
  }

  private void split(List<String> words) {
    for (String word : words) {
      int sign = word.indexOf('=');
      if (sign < 1 || sign == word.length() - 1) {
        throw refuse("'%s' is not of the form key=value. Maybe node=dense-1.".formatted(word));
      }
      if (fields.put(word.substring(0, sign), word.substring(sign + 1)) != null) {
        throw refuse("'%s' occurs twice. Maybe remove one.".formatted(word.substring(0, sign)));
      }
    }
  }

  private Morphism read(Morphism.Kind kind) {
    return switch (kind) {
      case DEEPEN ->
          new Deepen(
              value("after"),
              constant("form", value("form"), Morphism.Form.values()),
              number("kernel"),
              flag("batch-norm"),
              has("activation")
                  ? constant("activation", value("activation"), Layer.Function.values())
                  : null);
      case WIDEN ->
          new Widen(
              value("node"),
              number("width"),
              constant("mode", value("mode"), Widen.Mode.values()),
              seed());
      case WIDEN_KERNEL -> new WidenKernel(value("node"), number("height"), number("width"));
      case ADD_SKIP -> new AddSkip(value("from"), value("to"));
      case CONCATENATE_SKIP -> new ConcatenateSkip(value("from"), value("to"));
      case INSERT_BLOCK ->
          new InsertBlock(
              value("after"),
              constant("form", value("form"), Morphism.Form.values()),
              number("kernel"),
              flag("batch-norm"));
    };
  }

  private boolean has(String key) {
    read.add(key);
    return fields.containsKey(key);
  }

  private String value(String key) {
    read.add(key);
    String value = fields.get(key);
    if (value == null) {
      throw refuse("'%s' is missing. Maybe add %s=….".formatted(key, key));
    }
    return value;
  }

  private int number(String key) {
    try {
      return Integer.parseInt(value(key));
    } catch (NumberFormatException e) {
      throw refuse("%s must be a whole number, but was '%s'. Maybe 3.".formatted(key, value(key)));
    }
  }

  private long seed() {
    try {
      return Long.parseLong(value("seed"));
    } catch (NumberFormatException e) {
      throw refuse("seed must be a whole number, but was '%s'. Maybe 1.".formatted(value("seed")));
    }
  }

  private boolean flag(String key) {
    return switch (value(key)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw refuse(
              "%s must be true or false, but was '%s'. Maybe true.".formatted(key, value(key)));
    };
  }

  private <E extends Enum<E>> E constant(String key, String name, E[] values) {
    for (E value : values) {
      if (lower(value).equals(name)) {
        return value;
      }
    }
    List<String> names = Arrays.stream(values).map(MorphText::lower).toList();
    throw refuse("there is no %s '%s'. %s".formatted(key, name, Nearest.hint(name, names)));
  }

  private IllegalArgumentException refuse(String why) {
    return new IllegalArgumentException("This is no morphism: '%s': %s".formatted(text, why));
  }
}
