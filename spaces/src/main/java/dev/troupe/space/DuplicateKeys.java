package dev.troupe.space;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.parser.ConfigDocument;
import com.typesafe.config.parser.ConfigDocumentFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds parameters that a study file defines twice. HOCON merges such blocks without a word, so
 * that what was read does not tell; only the text does.
 */
public final class DuplicateKeys {

  private static final String SPACE = "space";

  /** What is included is another file's business, and may not be there yet. */
  private static final ConfigParseOptions OPTIONS =
      ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setIncluder(new NoIncluder());

  private DuplicateKeys() {}

  /**
   * Refuses a study file whose {@code space} block gives a key of a parameter twice: {@code x { low
   * = 0 … }} in two places. Blocks and lines that complete each other ({@code space.x.type = float}
   * beside {@code space.x.low = 1}) are fine, and so is what an include or a substitution brings. A
   * text that is no HOCON at all passes: its parser says more about it.
   *
   * @param text the whole file
   * @param source what messages call it
   * @throws IllegalArgumentException if a key is given twice, with the parameter and both lines
   */
  public static void requireUniqueParameters(String text, String source) {
    ConfigDocument document;
    ConfigObject root;
    try {
      document = ConfigDocumentFactory.parseString(text, OPTIONS);
      root = ConfigFactory.parseString(text, OPTIONS).root();
    } catch (ConfigException e) {
      return;
    }
    if (root.get(SPACE) instanceof ConfigObject space && isResolved(space)) {
      var path = new ArrayList<String>(List.of(SPACE));
      forEachLeaf(space, path, leaf -> requireOnce(document, text, source, leaf));
    }
  }

  /** Includes nothing. */
  private static final class NoIncluder implements ConfigIncluder {

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      return ConfigFactory.empty().root();
    }
  }

  private interface Leaf {
    void accept(List<String> path);
  }

  private static void forEachLeaf(ConfigObject object, List<String> path, Leaf action) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      ConfigValue value = entry.getValue();
      path.add(entry.getKey());
      if (value instanceof ConfigObject inner && isResolved(inner)) {
        forEachLeaf(inner, path, action);
      } else if (isPlain(value)) {
        action.accept(List.copyOf(path));
      }
      path.remove(path.size() - 1);
    }
  }

  /** A block that is merged with a substitution cannot be looked into. */
  private static boolean isResolved(ConfigObject object) {
    try {
      return !object.isEmpty();
    } catch (ConfigException.NotResolved e) {
      return false;
    }
  }

  private static boolean isPlain(ConfigValue value) {
    if (value instanceof ConfigObject) {
      return false;
    }
    try {
      value.unwrapped();
      return true;
    } catch (ConfigException.NotResolved e) {
      return false;
    }
  }

  /**
   * Replaces the value by a mark. A document marks or deletes every place, so that the text around
   * the first mark is the original one only if there was one place.
   */
  private static void requireOnce(
      ConfigDocument document, String text, String source, List<String> path) {
    String mark = "mark";
    while (text.contains(mark)) {
      mark += "-";
    }
    String marked = document.withValueText(ConfigUtil.joinPath(path), mark).render();
    int at = marked.indexOf(mark);
    boolean once =
        text.startsWith(marked.substring(0, at))
            && text.endsWith(marked.substring(at + mark.length()));
    if (!once) {
      throw new IllegalArgumentException(
          "Parameter '%s' (%s): a parameter must be defined once, but its %s is in line %d"
                  .formatted(path.get(1), source, key(path), firstLine(text, marked))
              + " and again in line %d. Maybe remove one of them."
                  .formatted(lastLine(text, marked)));
    }
  }

  private static String key(List<String> path) {
    return path.size() == 2 ? "value" : String.join(".", path.subList(2, path.size()));
  }

  /** Seen from the start, the texts part at the first of the places. */
  private static int firstLine(String text, String marked) {
    int same = 0;
    int most = Math.min(text.length(), marked.length());
    while (same < most && text.charAt(same) == marked.charAt(same)) {
      same++;
    }
    return lineAt(text, same);
  }

  /** Seen from the end, they part at the last of them. */
  private static int lastLine(String text, String marked) {
    int same = 0;
    int most = Math.min(text.length(), marked.length());
    while (same < most
        && text.charAt(text.length() - 1 - same) == marked.charAt(marked.length() - 1 - same)) {
      same++;
    }
    return lineAt(text, text.length() - 1 - same);
  }

  private static int lineAt(String text, int index) {
    int line = 1;
    for (int i = 0; i < Math.min(index, text.length()); i++) {
      line += text.charAt(i) == '\n' ? 1 : 0;
    }
    return line;
  }
}
